// Builds static/built: style sheets in both directions, and the fonts of pages and PDFs.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import rtlcss from "rtlcss";
import * as sass from "sass";

const root = join(import.meta.dirname, "..");
const modules = join(root, "node_modules");
const built = join(root, "static", "built");

rmSync(built, { recursive: true, force: true });
mkdirSync(join(built, "fonts"), { recursive: true });
mkdirSync(join(built, "pdf-fonts"), { recursive: true });

for (const name of readdirSync(join(root, "assets", "scss"))) {
  if (name.startsWith("_") || !name.endsWith(".scss")) continue;
  const { css } = sass.compile(join(root, "assets", "scss", name), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  const stem = basename(name, ".scss");
  writeFileSync(join(built, `${stem}.css`), css);
  writeFileSync(join(built, `${stem}.rtl.css`), rtlcss.process(css));
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
for (const weight of ["Regular", "SemiBold", "Bold"]) {
  copy(`vazirmatn/fonts/webfonts/Vazirmatn-${weight}.woff2`, `fonts/vazirmatn-${weight}.woff2`);
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
