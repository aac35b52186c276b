// Before this device is a desk, or after it was one: a desk's QR opens it.

import { cameraFault, onlyNew, startCamera } from "./camera.js";
import { readDeskLink } from "./codes.js";
import { byId, say } from "./elements.js";

const NO_LINK = "Itu bukan tautan meja. Minta QR meja kepada petugas; tautannya berakhir dengan 27 huruf dan angka.";

export const makeStart = (onToken) => {
  let camera = null;

  const close = () => {
    camera?.stop();
    camera = null;
    byId("start-video").hidden = true;
    byId("start-camera").hidden = false;
  };
  const open = (text) => {
    const token = readDeskLink(text);
    say(byId("start-fault"), token ? "" : NO_LINK);
    if (!token) return;
    close();
    byId("start-link").value = "";
    onToken(token);
  };

  byId("start-form").addEventListener("submit", (event) => {
    event.preventDefault();
    open(byId("start-link").value);
  });
  byId("start-camera").addEventListener("click", async () => {
    say(byId("start-fault"), "");
    try {
      camera = await startCamera(byId("start-video"), onlyNew(open));
      byId("start-video").hidden = false;
      byId("start-camera").hidden = true;
    } catch (error) {
      say(byId("start-fault"), cameraFault(error));
    }
  });

  return { close };
};
