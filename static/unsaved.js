// Asks before a page with unsaved words is left; without scripts nothing asks, and nothing else changes.
(() => {
  const form = document.querySelector("#content-main form[method='post']");
  if (!form || !form.querySelector("[name='_save'], [name='_continue']")) return;
  let unsaved = document.querySelector(".errornote") !== null;
  let sending = false;
  const note = () => { unsaved = true; };
  for (const kind of ["input", "change", "formset:added", "formset:removed"]) document.addEventListener(kind, note);
  // The boxes that search for records tell only jQuery that something was chosen.
  if (window.django?.jQuery) window.django.jQuery(form).on("change", note);
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !sending) event.preventDefault();
  });
})();
