// The glossary: all terms in order, a field to search them, letters to jump to, and a place in the address for each.

import { paint } from "./card.js";
import { h, mark, write } from "./dom.js";
import { readPalette } from "./palette.js";
import { attach } from "./styles.js";

const STYLES = ["live.css", "views.css", "lessons-glossary.css"];
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Show the terms in `parent`, or follow a changed theme. props: terms ({name, text, anchor, page, title}) in order, base. */
export function open(parent, props) {
  const glossary = (parent.layerlabGlossary ??= new Glossary(parent, props));
  glossary.theme();
  setTimeout(() => glossary.theme(), 150); // Streamlit may call before its new colours are in place
  return () => {
    glossary.destroy();
    if (parent.layerlabGlossary === glossary) delete parent.layerlabGlossary;
  };
}

class Glossary {
  constructor(parent, { terms, base }) {
    this.parent = parent;
    this.field = h("input", { type: "search", id: "glossary-search", class: "llg-search", placeholder: "Search all terms", autocomplete: "off",
      spellcheck: "false", oninput: () => this.search() });
    this.count = h("p", { class: "llg-count", role: "status" });
    this.entries = terms.map((term) => entry(term, base));
    const letters = [...new Set(this.entries.map(({ letter }) => letter))];
    this.groups = letters.map((letter) => {
      const found = this.entries.filter((row) => row.letter === letter);
      const heading = h("h2", { class: "llg-letter", id: `letter-${letter.toLowerCase()}` }, letter);
      const link = h("a", { href: `#letter-${letter.toLowerCase()}`, class: "llg-jump" }, letter);
      return { found, link, element: h("section", {}, heading, ...found.map(({ element }) => element)) };
    });
    this.root = h("div", { class: "llv llg" },
      h("div", { class: "llg-top" }, h("label", { for: "glossary-search", class: "llg-label" }, "Search"), this.field, this.count),
      h("nav", { class: "llg-letters", "aria-label": "Letters" }, ...this.groups.map(({ link }) => link)),
      ...this.groups.map(({ element }) => element));
    this.root.addEventListener("click", (event) => this.follow(event));
    this.root.style.visibility = "hidden"; // until it is styled, and has its height
    parent.append(this.root);
    this.listener = () => this.go();
    addEventListener("hashchange", this.listener);
    this.search();
    attach(parent, STYLES).then(() => {
      this.root.style.visibility = "";
      this.go();
    });
  }

  theme() {
    paint(this.root, readPalette(this.parent));
  }

  /** Leave only what holds all words of the field, in its name or its text. */
  search() {
    const words = plain(this.field.value).split(/\s+/).filter(Boolean);
    for (const { found, element, link } of this.groups) {
      for (const row of found) row.element.hidden = !words.every((word) => row.searched.includes(word));
      element.hidden = link.hidden = found.every((row) => row.element.hidden);
    }
    const left = this.entries.filter((row) => !row.element.hidden).length;
    const terms = left === 1 ? "term" : "terms";
    write(this.count, !words.length ? `${left} ${terms}` : left ? `${left} ${terms} found` : "No term holds these words. Try fewer letters.");
  }

  /** A link within the page: Streamlit would take a click on it for one that leaves the page. */
  follow(event) {
    const place = event.target.closest?.("a")?.getAttribute("href");
    if (!place?.startsWith("#") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(history.state, "", place);
    this.go();
  }

  /** Bring into sight what the address names. */
  go() {
    const name = decodeURIComponent(location.hash.slice(1));
    if (!name) return;
    const row = this.entries.find(({ anchor }) => anchor === name);
    const place = row?.element ?? this.groups.find(({ link }) => link.hash === `#${name}`)?.element;
    if (!place) return write(this.count, `There is no term at “${name}” here. Search for it.`);
    if (row?.element.hidden) {
      this.field.value = "";
      this.search();
    }
    for (const { element } of this.entries) mark(element, { "data-here": element === place });
    const target = row ? place : place.firstElementChild;
    mark(target, { tabindex: -1 });
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  }

  destroy() {
    removeEventListener("hashchange", this.listener);
    this.root.remove();
  }
}

/** One term as an element, with what it is found by. */
function entry({ name, text, anchor, page, title }, base) {
  const element = h("article", { id: anchor, class: "llg-term" },
    h("h3", {}, h("a", { href: `#${anchor}`, class: "llg-name" }, name)),
    h("p", {}, text, ...(page ? [" ", h("a", { href: new URL(page, base).href, class: "llg-page" }, `At work: ${title}`)] : [])));
  return { element, anchor, letter: plain(name)[0].toUpperCase(), searched: plain(`${name} ${text}`) };
}
