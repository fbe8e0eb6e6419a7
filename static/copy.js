// Copies the text that a button names; without this script the text is chosen whole at one press and copied by hand.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  if (!text || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      said.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(text);
    }
  });
}
