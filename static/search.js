// Completes the last word of a search while it is typed; without it the search works all the same.
const form = document.getElementById("search-form");
const input = document.getElementById("search-q");
const list = document.getElementById("search-completions");
let waiting = 0;

async function complete() {
  const typed = input.value;
  if (typed.trim().length < 2) return list.replaceChildren();
  const answer = await fetch(`${form.dataset.completions}?q=${encodeURIComponent(typed)}`);
  if (!answer.ok || input.value !== typed) return;
  list.replaceChildren(...(await answer.json()).map((words) => new Option(words, words)));
}

input?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => complete().catch(() => {}), 150);
});

// What a refreshed part can't show, such as an error in words, a whole page can.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => location.assign(event.detail.pathInfo.finalRequestPath));
}
