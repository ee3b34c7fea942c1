// Keeps what is typed into a form as a draft, on the server and nowhere else, every few seconds while somebody types.
// Without this file the button beside it does the same.

const PAUSE = 3000;
const RETRY = 10000;

for (const form of document.querySelectorAll("form[data-draft]")) keepDrafts(form);

function keepDrafts(form) {
  const state = form.querySelector("[data-draft-state]");
  // What came back with an error is only here so far.
  let kept = "draftUnsaved" in form.dataset ? "" : content(form);
  // Two texts stand side by side: which of them stays is said with a button.
  const asks = "draftAsks" in form.dataset;
  let timer = 0;
  let sending = null;
  let leaving = false;

  const changed = () => content(form) !== kept;
  const wait = (time) => {
    if (!timer && !leaving && !asks && changed()) timer = setTimeout(save, time);
  };
  // A screen reader hears a sentence once, not every three seconds.
  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };

  async function save() {
    clearTimeout(timer);
    timer = 0;
    if (sending || leaving || asks || !changed()) return;
    const typed = content(form);
    let pause = PAUSE;
    sending = new AbortController();
    try {
      const answer = await send(form, sending.signal);
      if (answer.ok) {
        say((await answer.json()).said);
        kept = typed;
      } else if (answer.status === 409) {
        say((await answer.json()).said);
        pause = RETRY;
      } else {
        // A redirect leads to the sign-in page: trying again by itself would not help.
        const ended = answer.type === "opaqueredirect" || answer.status === 403;
        say(ended ? form.dataset.draftEnded : form.dataset.draftFailed);
        pause = ended ? Infinity : RETRY;
      }
    } catch {
      if (!leaving) say(form.dataset.draftFailed);
      pause = RETRY;
    }
    sending = null;
    if (pause !== Infinity) wait(pause);
  }

  form.addEventListener("input", () => wait(PAUSE));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    sending?.abort();
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && changed()) event.preventDefault();
  });
  wait(PAUSE);
}

function send(form, signal) {
  return fetch(form.dataset.draft, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive: true,
    signal,
  });
}

// What somebody typed, without the tokens.
function content(form) {
  const fields = new URLSearchParams(new FormData(form));
  for (const name of ["csrfmiddlewaretoken", "made_for"]) fields.delete(name);
  return fields.toString();
}
