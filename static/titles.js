// In a static copy: shows only the agreements of this page whose line has the words that are typed.
const filter = document.getElementById("titles-filter");
const words = document.getElementById("titles-words");
const folded = (text) => text.normalize("NFKD").replace(/\p{M}|\u0640/gu, "").replace(/[أإآ]/g, "ا").replace(/[يى]/g, "ی").replace(/ك/g, "ک").toLowerCase();
const lines = [...document.querySelectorAll("[data-title]")].map((line) => [line, folded(line.textContent)]);

filter.hidden = lines.length < 2;
words.addEventListener("input", () => {
  const wanted = folded(words.value).split(/\s+/).filter(Boolean);
  for (const [line, text] of lines) line.hidden = !wanted.every((word) => text.includes(word));
  for (const year of document.querySelectorAll("[data-titles]")) year.hidden = !year.querySelector("[data-title]:not([hidden])");
});
