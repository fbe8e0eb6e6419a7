// Builds static/built: style sheets in both directions, and the fonts of pages and PDFs.
// What a page does not use stays out: rules of Bootstrap, letters that none of the three languages is written with.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { PurgeCSS } from "purgecss";
import rtlcss from "rtlcss";
import * as sass from "sass";
import subsetFont from "subset-font";

const root = join(import.meta.dirname, "..");
const modules = join(root, "node_modules");
const built = join(root, "static", "built");

rmSync(built, { recursive: true, force: true });
mkdirSync(join(built, "fonts"), { recursive: true });
mkdirSync(join(built, "pdf-fonts"), { recursive: true });

// The forms' own templates come with a Python package, so their classes are named here.
const ofForms = /^(form-(control|label|text|select|check)|input-group|htmx|invalid-feedback|is-invalid|is-valid|alert|btn|mb-3|asteriskField)/;
const used = ["templates", "agreements", "static"].flatMap((folder) => ["html", "py", "js"].map((end) => join(root, folder, "**", `*.${end}`)));
// A class that a template writes half, as in `diff-{{ part.kind }}`, keeps all that begin so.
const texts = readdirSync(join(root, "templates"), { recursive: true }).filter((name) => name.endsWith(".html"));
const halves = texts.flatMap((name) => [...readFileSync(join(root, "templates", name), "utf8").matchAll(/([\w-]+-)\{\{/g)].map(([, half]) => new RegExp(`^${half}`)));
const purged = async (css) =>
  (await new PurgeCSS().purge({ content: used, css: [{ raw: css }], safelist: { standard: [ofForms, /^btn(-primary)?$/, ...halves] }, variables: true }))[0].css;

for (const name of readdirSync(join(root, "assets", "scss"))) {
  if (name.startsWith("_") || !name.endsWith(".scss")) continue;
  const { css } = sass.compile(join(root, "assets", "scss", name), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  const stem = basename(name, ".scss");
  const lean = stem === "site" ? await purged(css) : css; // the desk's pages are the admin's own
  writeFileSync(join(built, `${stem}.css`), lean);
  writeFileSync(join(built, `${stem}.rtl.css`), rtlcss.process(lean));
}

const copy = (source, target) => cpSync(join(modules, source), join(built, target));
for (const weight of [400, 600, 700]) {
  for (const subset of ["latin", "latin-ext"]) {
    copy(`@fontsource/source-sans-3/files/source-sans-3-${subset}-${weight}-normal.woff2`, `fonts/source-sans-3-${subset}-${weight}.woff2`);
  }
}
for (const subset of ["latin", "latin-ext"]) {
  copy(`@fontsource/source-serif-4/files/source-serif-4-${subset}-600-normal.woff2`, `fonts/source-serif-4-${subset}-600.woff2`);
}
// Arabic and Sorani, and Persian for names across the border: letters, marks, digits and punctuation.
const range = (first, last) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, place) => first + place));
const letters =
  range(0x60c, 0x61f) + range(0x621, 0x655) + range(0x660, 0x671) + "پچژڕڤکگڵھۀہۂۃۆۇۊۋیێەۍ۔" + range(0x6f0, 0x6f9) + range(0x200c, 0x200f) + "﴾﴿﷼";
for (const weight of ["Regular", "Bold"]) {
  const whole = readFileSync(join(modules, `vazirmatn/fonts/webfonts/Vazirmatn-${weight}.woff2`));
  writeFileSync(join(built, `fonts/vazirmatn-${weight}.woff2`), await subsetFont(whole, letters, { targetFormat: "woff2" }));
}
for (const weight of ["Regular", "SemiBold", "Bold"]) {
  copy(`vazirmatn/fonts/ttf/Vazirmatn-${weight}.ttf`, `pdf-fonts/Vazirmatn-${weight}.ttf`);
}
copy("@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf", "pdf-fonts/SourceSans3-Regular.ttf");
copy("@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf", "pdf-fonts/SourceSans3-SemiBold.ttf");
copy("@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf", "pdf-fonts/SourceSerif4-SemiBold.ttf");
copy("vazirmatn/OFL.txt", "fonts/Vazirmatn-OFL.txt");
copy("@fontsource/source-sans-3/LICENSE", "fonts/SourceSans3-OFL.txt");
copy("@fontsource/source-serif-4/LICENSE", "fonts/SourceSerif4-OFL.txt");
copy("htmx.org/dist/htmx.min.js", "htmx.js");
copy("htmx.org/LICENSE", "htmx-LICENSE");
