// The boxes that search for records (select2) get the names of their fields: assistive technology reads them out.
(() => {
  let last = 0;
  const name = (box) => {
    const select = box.previousElementSibling;
    const label = select?.id ? document.querySelector(`label[for="${CSS.escape(select.id)}"]`) : null;
    if (!label) return;
    label.id ||= `label-${last += 1}`;
    const shown = box.querySelector("[role='combobox']");
    const text = shown?.querySelector(".select2-selection__rendered")?.id ?? "";
    shown?.setAttribute("aria-labelledby", `${label.id} ${text}`.trim());
    box.querySelector("[role='textbox']")?.setAttribute("aria-labelledby", label.id);
    box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
  };
  const nameAll = () => { for (const box of document.querySelectorAll(".select2-hidden-accessible + .select2")) name(box); };
  nameAll();
  new MutationObserver((changes) => {
    const isNew = (one) => one.nodeType === Node.ELEMENT_NODE && (one.matches(".select2, .select2 *") || one.querySelector(".select2"));
    if (changes.some((change) => [...change.addedNodes].some(isNew))) nameAll();
    const open = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field:not([aria-labelledby])");
    const box = document.querySelector(".select2-container--open:not(.select2-dropdown) [role='combobox'][aria-labelledby]");
    if (open && box) open.setAttribute("aria-labelledby", box.getAttribute("aria-labelledby").split(" ")[0]);
  }).observe(document.body, { childList: true, subtree: true });
})();
