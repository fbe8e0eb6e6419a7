// Work that goes on elsewhere: its figures are looked at again every few seconds, and the page anew when it is done.
// Without this script a link looks again; no page reloads itself on a timer (WCAG 2.2.1).
(() => {
  const every = 2000;
  const look = async () => {
    const shown = document.querySelector("[data-progress]");
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("[data-progress]");
      if (!found) return location.reload();
      shown.replaceChildren(...found.childNodes);
    } catch {
      // the next look may find the portal again
    }
    setTimeout(look, every);
  };
  setTimeout(look, every);
})();
