// The four ways to record somebody: scan, type, search, guest; and the companions who come along.

import { cameraFault, onlyNew, startCamera } from "./camera.js";
import { readCode, readScan } from "./codes.js";
import { byId, make, say } from "./elements.js";
import { keyOf } from "./presence.js";

const MOST_COMPANIONS = 9;

// `onScan(scan)`, `onGuest(fields)` record; `onOther(text)` gets a QR that is no pass.
export const makeWays = (desk, { time, onScan, onGuest, onOther }) => {
  const buttons = [...document.querySelectorAll("[data-way]")];
  let way = "scan";
  let camera = null;
  let wantsCamera = false;
  let companions = 0;
  let isPaused = false;

  const read = onlyNew(async (text) => {
    const scan = await readScan(text);
    if (scan.code || scan.hash) onScan(scan);
    else onOther(scan);
  });

  const closeCamera = () => {
    camera?.stop();
    camera = null;
    byId("video").hidden = true;
    byId("camera-start").hidden = false;
  };

  let opening = false;
  const openCamera = async () => {
    if (camera || opening) return;
    opening = true;
    say(byId("camera-fault"), "");
    try {
      camera = await startCamera(byId("video"), read);
      camera.isPaused = isPaused;
      byId("video").hidden = false;
      byId("camera-start").hidden = true;
      wantsCamera = true;
      // Somebody went on to another way, or away, while the browser asked for leave.
      if (way !== "scan" || document.hidden) closeCamera();
    } catch (error) {
      wantsCamera = false;
      say(byId("camera-fault"), cameraFault(error));
    } finally {
      opening = false;
    }
  };
  const followCamera = () => {
    if (way === "scan" && !document.hidden && wantsCamera && !desk.ended) openCamera();
    else closeCamera();
  };
  document.addEventListener("visibilitychange", followCamera);
  byId("camera-start").addEventListener("click", openCamera);

  const choose = (chosen) => {
    way = chosen;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.way === way));
      byId(`way-${button.dataset.way}`).hidden = button.dataset.way !== way;
    }
    followCamera();
    ({ type: byId("code"), search: byId("search"), guest: byId("guest-name") })[way]?.focus();
  };
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.way));

  byId("type-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const { code, fault } = readCode(byId("code").value);
    say(byId("code-fault"), fault ?? "");
    byId("code").toggleAttribute("aria-invalid", Boolean(fault));
    if (fault) return byId("code").focus();
    byId("code").value = "";
    return onScan({ code });
  });

  byId("guest-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const [name, unit, place] = ["name", "unit", "place"].map((part) => byId(`guest-${part}`).value.trim());
    say(byId("guest-fault"), name ? "" : "Isi nama tamu.");
    if (!name) return byId("guest-name").focus();
    byId("guest-form").reset();
    return onGuest({ name, unit, place });
  });

  const showCompanions = () => {
    byId("companion-count").textContent = String(companions);
    byId("fewer").disabled = companions === 0;
    byId("more").disabled = companions === MOST_COMPANIONS;
  };
  const step = (by) => {
    companions = Math.min(MOST_COMPANIONS, Math.max(0, companions + by));
    showCompanions();
  };
  byId("fewer").addEventListener("click", () => step(-1));
  byId("more").addEventListener("click", () => step(1));
  showCompanions();

  const placeOf = (person) => [person.rt, person.village, person.district].filter(Boolean).join(" · ");
  const stateOf = (person) => {
    const here = desk.presence().get(keyOf(desk.session.id, person.id));
    if (here) return `${here.left ? "Sudah keluar" : "Sudah hadir"}, masuk ${time()(here.at)}`;
    if (person.answer === "represented") return `Diwakili oleh ${person.substitute}`;
    return { confirmed: "Akan hadir", declined: "Berhalangan" }[person.answer] ?? "Belum menjawab";
  };
  const pick = (person) => {
    byId("pick-name").textContent = person.name;
    byId("pick-place").textContent = placeOf(person);
    byId("pick-state").textContent = stateOf(person);
    byId("pick-record").textContent = desk.mode === "in" ? "Catat masuk" : "Catat keluar";
    const dialog = byId("pick");
    dialog.returnValue = "";
    dialog.onclose = () => dialog.returnValue === "record" && onScan({ person: person.id });
    dialog.showModal();
  };

  const find = () => {
    if (!desk.search) return;
    const { people, count } = desk.search(byId("search").value);
    const typed = byId("search").value.trim();
    const more = count > people.length ? `; ${people.length} pertama tampil, ketik lebih lengkap` : "";
    byId("search-count").textContent = typed ? (count ? `${count} orang${more}` : "Tidak ada yang cocok.") : "";
    byId("search-results").replaceChildren(
      ...people.map((person) => {
        const lines = [["who", person.name], ["where", placeOf(person)], ["note", stateOf(person)]];
        const spans = lines.map(([name, text]) => make("span", { class: name }, text));
        const button = make("button", { type: "button" }, ...spans);
        button.addEventListener("click", () => pick(person));
        return make("li", {}, button);
      }),
    );
  };
  byId("search").addEventListener("input", find);

  return {
    find,
    takeCompanions: () => {
      const taken = desk.list?.wave.companions ? companions : 0;
      companions = 0;
      showCompanions();
      return taken;
    },
    pause: (paused) => {
      isPaused = paused;
      if (!paused) read.goOn();
      if (camera) camera.isPaused = paused;
    },
    closeCamera: () => {
      wantsCamera = false;
      closeCamera();
    },
  };
};
