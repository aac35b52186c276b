// What stays on the device: one IndexedDB, everything in it that names people or opens the portal sealed by AES-GCM
// with a key that no script can read out.

const NAME = "pintu";
// A later version only adds stores: the queue of an older one is read on.
const VERSION = 1;
const STORES = { keys: null, desks: "id", lists: "id", events: "uid", settings: null };

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// Resolves only when it is on the disk: a transaction may still fail after its last request did well.
const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });

const openDatabase = () => {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    for (const [store, keyPath] of Object.entries(STORES)) {
      if (!request.result.objectStoreNames.contains(store)) {
        request.result.createObjectStore(store, keyPath ? { keyPath } : {});
      }
    }
  };
  return asked(request);
};

const keyIn = async (database) => {
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const transaction = database.transaction("keys", "readwrite");
  const keys = transaction.objectStore("keys");
  const known = await asked(keys.get("aes"));
  if (!known) keys.put(fresh, "aes");
  await finished(transaction);
  return known ?? fresh;
};

export const openVault = async () => {
  const database = await openDatabase();
  // Another tab runs a newer version: make room, the page starts again by itself.
  database.onversionchange = () => {
    database.close();
    location.reload();
  };
  const key = await keyIn(database);

  const seal = async (content) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(content));
    return { iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
  };
  const unseal = async ({ iv, box }) =>
    JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, box)));

  const write = async (store, action) => {
    const transaction = database.transaction(store, "readwrite");
    action(transaction.objectStore(store));
    await finished(transaction);
  };
  const read = (store, id) => asked(database.transaction(store).objectStore(store).get(id));
  const all = (store) => asked(database.transaction(store).objectStore(store).getAll());

  return {
    // Sealed rows: { ...open, sealed content }. `open` holds what must be read without the key.
    put: async (store, open, content) => {
      const row = { ...open, ...(await seal(content)) };
      await write(store, (rows) => rows.put(row));
    },
    get: async (store, id) => {
      const row = await read(store, id);
      return row && { ...row, content: await unseal(row) };
    },
    getAll: async (store) => {
      const rows = await all(store);
      return Promise.all(rows.map(async (row) => ({ ...row, content: await unseal(row) })));
    },
    idsIn: (store) => asked(database.transaction(store).objectStore(store).getAllKeys()),
    remove: (store, id) => write(store, (rows) => rows.delete(id)),
    setting: (name) => read("settings", name),
    keepSetting: (name, value) => write("settings", (rows) => rows.put(value, name)),
    // One more than any number given before, also by another tab.
    nextNumber: async (name) => {
      const transaction = database.transaction("settings", "readwrite");
      const rows = transaction.objectStore("settings");
      const number = ((await asked(rows.get(name))) ?? 0) + 1;
      rows.put(number, name);
      await finished(transaction);
      return number;
    },
  };
};
