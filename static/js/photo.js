// Photos are made smaller before they are sent: a phone's picture has ten times what a sheet of paper shows.
// Without this module the file goes as it is.

async function shrunk(file, longest) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const factor = Math.min(1, longest / Math.max(picture.width, picture.height));
  if (factor === 1) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * factor);
  canvas.height = Math.round(picture.height * factor);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  return blob && blob.size < file.size ? new File([blob], "foto.jpg", { type: "image/jpeg" }) : file;
}

for (const input of document.querySelectorAll("input[data-shrink]")) {
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file || !file.type.startsWith("image/")) return;
    try {
      const small = await shrunk(file, Number(input.dataset.shrink));
      // Somebody may have chosen another one meanwhile.
      if (small === file || input.files[0] !== file) return;
      const files = new DataTransfer();
      files.items.add(small);
      input.files = files.files;
    } catch {
      // No picture that this browser can read: the portal says what is wrong with it.
    }
  });
}
