// What the list of an evening keeps on a phone: sealed with AES-GCM under a key that is made here and that no script can
// read out. Marks are rows of their own, so that two tabs, or a tab that is killed, undo none of each other's.

const STORES = {keys: "evening", lists: "evening", marks: "id"};

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

function opened() {
  const request = indexedDB.open("wegnetz-evening", 1);
  request.onupgradeneeded = () => {
    for (const [store, key] of Object.entries(STORES)) request.result.createObjectStore(store, {keyPath: key});
    request.transaction.objectStore("marks").createIndex("evening", "evening");
  };
  return settled(request);
}

// Everything of an evening goes together, the key first: what a disk might still hold is then sealed for good.
async function forget(database, evening) {
  const transaction = database.transaction(Object.keys(STORES), "readwrite", {durability: "strict"});
  transaction.objectStore("keys").delete(evening);
  transaction.objectStore("lists").delete(evening);
  const marks = transaction.objectStore("marks");
  marks.index("evening").getAllKeys(evening).onsuccess = (event) => {
    for (const id of event.target.result) marks.delete(id);
  };
  await finished(transaction);
}

// Delete what is over, and say of which evening a list is here: the one whose time ends last. Throws where a browser
// keeps nothing.
export async function openStore() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) throw new Error("nothing can be kept here");
  const database = await opened();
  const keys = await settled(database.transaction("keys").objectStore("keys").getAll());
  for (const key of keys) if (key.expires <= Date.now()) await forget(database, key.evening);
  const left = keys.filter((key) => key.expires > Date.now()).sort((one, other) => other.expires - one.expires);
  return {database, latest: left[0]?.evening};
}

// Nothing opens with the link any more: the names of all evenings go. Those whose link still opens come back with it.
export async function forgetLists() {
  const {database} = await openStore();
  const transaction = database.transaction("lists", "readwrite", {durability: "strict"});
  transaction.objectStore("lists").clear();
  await finished(transaction);
}

export class Keeper {
  #database;
  #key;

  // `expires` is a moment of this phone's clock, in milliseconds; without one, the key has to be here already.
  static async of(database, evening, expires) {
    const keeper = new Keeper();
    keeper.evening = evening;
    keeper.#database = database;
    const fresh = expires && (await crypto.subtle.generateKey({name: "AES-GCM", length: 256}, false, ["encrypt", "decrypt"]));
    const transaction = database.transaction("keys", expires ? "readwrite" : "readonly");
    const keys = transaction.objectStore("keys");
    const there = await settled(keys.get(evening));
    if (expires) keys.put({evening, key: there?.key ?? fresh, expires});
    await finished(transaction);
    keeper.#key = there?.key ?? fresh;
    keeper.expires = expires ?? there.expires;
    return keeper;
  }

  async #sealed(place, content) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = new TextEncoder().encode(`${this.evening}|${place}`);
    const plain = new TextEncoder().encode(JSON.stringify(content));
    return {evening: this.evening, iv, box: await crypto.subtle.encrypt({name: "AES-GCM", iv, additionalData}, this.#key, plain)};
  }

  async #plain(place, {iv, box}) {
    const additionalData = new TextEncoder().encode(`${this.evening}|${place}`);
    const plain = await crypto.subtle.decrypt({name: "AES-GCM", iv, additionalData}, this.#key, box);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  async #write(store, row) {
    const transaction = this.#database.transaction(store, "readwrite", {durability: "strict"});
    transaction.objectStore(store).put(row);
    await finished(transaction);
  }

  async keepList(list) {
    await this.#write("lists", await this.#sealed("list", list));
  }

  async list() {
    const row = await settled(this.#database.transaction("lists").objectStore("lists").get(this.evening));
    return row && this.#plain("list", row);
  }

  // The link opens nothing any more: the names go, marks that nobody has got yet stay until their time is over.
  async forgetList() {
    const transaction = this.#database.transaction("lists", "readwrite");
    transaction.objectStore("lists").delete(this.evening);
    await finished(transaction);
  }

  async addMark(mark) {
    await this.#write("marks", {...(await this.#sealed(mark.id, mark)), id: mark.id});
  }

  async marks() {
    const index = this.#database.transaction("marks").objectStore("marks").index("evening");
    const rows = await settled(index.getAll(this.evening));
    const marks = await Promise.all(rows.map((row) => this.#plain(row.id, row)));
    return marks.sort((one, other) => one.at - other.at);
  }

  async removeMarks(ids) {
    const transaction = this.#database.transaction("marks", "readwrite");
    for (const id of ids) transaction.objectStore("marks").delete(id);
    await finished(transaction);
  }

  async destroy() {
    await forget(this.#database, this.evening);
  }
}
