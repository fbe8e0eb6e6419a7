// Rows of an agreement's parts: a line that is opened fetches its inputs, and keys lead in and out of rows.
// Without scripts a line's button saves the page and shows its inputs; nothing here is needed to work.
(() => {
  const words = document.getElementById("row-words")?.dataset;
  const form = document.querySelector("#content-main form[method='post']") ?? document.querySelector("#content-main form");
  if (!words || !form) return;
  const INPUTS = "input:not([type='hidden']), select, textarea";
  const BUTTONS = ".add-row a, a.inline-deletelink";

  const say = (line, text, isWrong) => {
    let said = line.querySelector(".part-said");
    if (!said) {
      said = document.createElement("p");
      line.querySelector("summary").after(said);
    }
    said.className = isWrong ? "part-said part-wrong" : "part-said";
    said.setAttribute("role", isWrong ? "alert" : "status");
    said.textContent = text;
  };

  // Places may have moved since: others added or removed rows, or this page was numbered anew.
  const number = (content, prefix, id) => {
    const place = new RegExp(`(?<![a-z])${prefix}-\\d+(?=-|$)`);
    for (const element of content.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby", "aria-labelledby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.split(" ").map((one) => one.replace(place, id)).join(" "));
      }
    }
  };

  const enliven = (details) => {
    const $ = window.django?.jQuery;
    if ($?.fn.djangoAdminSelect2) $(details).find(".admin-autocomplete").djangoAdminSelect2();
    if (window.updateRelatedObjectLinks) {
      for (const select of details.querySelectorAll(".related-widget-wrapper select")) window.updateRelatedObjectLinks(select);
    }
    if (window.DateTimeShortcuts && details.querySelector(".vDateField, .vTimeField")) {
      for (const one of document.querySelectorAll(".datetimeshortcuts")) one.remove();
      window.DateTimeShortcuts.init();
    }
  };

  const place = (line, page) => {
    const prefix = line.dataset.row.split(":")[0];
    const fetched = page.querySelector(`.inline-related[id^="${prefix}-"] > details`);
    if (!fetched) return false;
    number(fetched, prefix, line.id);
    const details = line.querySelector("details");
    const summary = details.querySelector("summary");
    fetched.querySelector("summary").remove();
    details.replaceChildren(summary, ...fetched.childNodes);
    for (const seen of page.querySelectorAll("input[name='_seen']")) form.append(seen);
    delete line.dataset.row;
    enliven(details);
    return true;
  };

  const load = async (line) => {
    if (line.dataset.loading) return;
    line.dataset.loading = "yes";
    say(line, words.loading, false);
    const asked = new URLSearchParams({ part: line.dataset.row.split(":")[0], open: line.dataset.row });
    try {
      const answer = await fetch(`${window.location.pathname}?${asked}`, { credentials: "same-origin", redirect: "manual" });
      if (answer.status === 404) say(line, words.gone, true);
      else if (answer.type === "opaqueredirect" || answer.status === 403) say(line, words.ended, true);
      else if (!answer.ok || !place(line, new DOMParser().parseFromString(await answer.text(), "text/html"))) say(line, words.failed, true);
    } catch {
      say(line, words.failed, true);
    }
    delete line.dataset.loading;
  };

  const openLine = (details) => {
    const line = details.parentElement;
    if (details.open && line.dataset.row) load(line);
  };

  // "toggle" does not bubble.
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".part details")) openLine(event.target);
  }, true);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row] .part-show");
    if (!button) return;
    event.preventDefault();
    openLine(button.closest("details"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !event.target.closest) return;
    if (event.key === " " && event.target.matches(BUTTONS)) {
      event.preventDefault();
      event.target.click();
      return;
    }
    const details = event.target.closest(".part details[open]");
    // A list or calendar that is open closes first.
    const isBusy = document.querySelector(".select2-container--open") || event.target.closest(".select2-container--open");
    if (event.key !== "Escape" || !details || isBusy) return;
    details.open = false;
    details.querySelector("summary").focus();
  });

  document.addEventListener("formset:added", (event) => event.target.querySelector(INPUTS)?.focus());
  document.addEventListener("formset:removed", (event) => {
    document.querySelector(`#${event.detail.formsetName}-group .add-row a`)?.focus();
  });
})();
