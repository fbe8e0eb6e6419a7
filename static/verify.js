// Hashes the chosen file in the browser and asks the register for the hash alone: the file is not sent. Without this
// script, or without a secure connection, the form sends the file.
const form = document.getElementById("file-form");
const line = form?.querySelector(".progress-line");
const input = form?.querySelector("input[type=file]");

function say(key, percent) {
  line.hidden = !key;
  line.querySelector("span").textContent = key ? line.dataset[key] : "";
  const bar = line.querySelector("progress");
  bar.hidden = percent === undefined;
  if (percent !== undefined) bar.value = percent;
}

async function read(file) {
  const bytes = new Uint8Array(file.size);
  const reader = file.stream().getReader();
  for (let at = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes.set(value, at);
    at += value.length;
    say("reading", Math.round((100 * at) / file.size));
  }
}

async function hash(file) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await read(file)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function ask(fields) {
  say("asking");
  const answer = await fetch(location.pathname, { method: "POST", body: new URLSearchParams(fields) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("answer");
  if (!found) throw new Error("no answer");
  document.getElementById("answer").replaceChildren(...found.children);
  document.getElementById("answer").focus();
}

async function check(file) {
  document.getElementById("answer").replaceChildren();
  if (file.size > Number(form.dataset.maxBytes)) return say("tooLarge");
  try {
    say("reading", 0);
    await ask({ hash: await hash(file) });
    say("");
  } catch {
    say("failed");
  }
}

if (form && window.crypto?.subtle && input) {
  const stays = form.querySelector(".stays");
  stays.textContent = stays.dataset.stays;
  form.querySelector(".drop-hint").hidden = false;
  let dragged = 0;

  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-sends") || !input.files.length) return;
    event.preventDefault();
    check(input.files[0]);
  });
  input.addEventListener("change", () => { if (input.files.length) check(input.files[0]); });
  const mark = () => form.classList.toggle("is-over", dragged > 0);
  form.addEventListener("dragenter", () => { dragged += 1; mark(); });
  form.addEventListener("dragleave", () => { dragged -= 1; mark(); });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    dragged = 0;
    mark();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    check(input.files[0]);
  });
}
