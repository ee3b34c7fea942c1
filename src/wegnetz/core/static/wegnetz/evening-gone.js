// On the page that says that a link opens nothing: whoever opened the list with it has no names on the phone any more.

import {forgetLists} from "./evening-store.js";

forgetLists().catch(() => {
  // A browser that keeps nothing has nothing to forget.
});
