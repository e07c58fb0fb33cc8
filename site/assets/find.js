// Search and the list of districts, both answered on the device: what is typed here is never sent and never stands in an address.
(() => {
  "use strict";
  // The same folding as site_search.py: one shape for letters that people write in several ways.
  const SAME = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ێ": "ي", "ؤ": "و", "ۆ": "و", "ک": "ك", "ة": "ه", "ە": "ه", "ھ": "ه", "ۀ": "ه",
    "ڕ": "ر", "ڵ": "ل", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "є": "е", "ґ": "г", "ʼ": "", "'": "", "’": "", "ـ": "", "\u200c": "", "\u200d": "",
  };
  const fold = (text) => Array.from(text.toLowerCase().normalize("NFKC"), (sign) => SAME[sign] ?? sign).join("")
    .normalize("NFKD").replace(/\p{M}/gu, "");
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

  // ---- Search
  const box = document.getElementById("search");
  if (box) {
    const field = document.getElementById("q");
    const hits = document.getElementById("search-hits");
    const state = document.getElementById("search-state");
    let index = null;
    let wanted = null;

    const load = () => {
      wanted ??= fetch(box.dataset.index, { credentials: "omit", referrerPolicy: "no-referrer" })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
        .then((pages) => {
          index = pages.map((page) => ({ ...page, t: words(page.title), d: words(page.lead + " " + page.heads), w: page.words.split(" ") }));
        })
        .catch(() => {
          wanted = null;
          state.textContent = box.dataset.failed;
        });
      return wanted;
    };

    // Every word must be found, as the beginning of a word; where it is found decides the order.
    const score = (page, query) => {
      let sum = 0;
      for (const word of query) {
        const at = (list) => (list.includes(word) ? 2 : list.some((other) => other.startsWith(word)) ? 1 : 0);
        const inside = word.length > 3 && (page.t.concat(page.d).some((other) => other.includes(word)) ? 1 : 0);
        const points = 10 * at(page.t) + 4 * at(page.d) + at(page.w) + (inside || 0);
        if (!points) return 0;
        sum += points;
      }
      // A page explains what a service is for, so it stands before a service that holds the same words as often.
      return page.url.includes("#") ? sum / 2 : sum;
    };

    const show = () => {
      const query = words(field.value);
      hits.replaceChildren();
      if (!query.length || !index) {
        if (index) state.textContent = "";
        return;
      }
      let found = index.map((page) => [score(page, query), page]).filter(([points]) => points);
      if (!found.length && query.length > 1) {
        found = index.map((page) => [Math.max(...query.map((word) => score(page, [word]))), page]).filter(([points]) => points);
      }
      found.sort((one, other) => other[0] - one[0]);
      for (const [, page] of found.slice(0, 12)) {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const lead = document.createElement("div");
        link.href = page.url;
        link.textContent = page.title;
        lead.textContent = page.lead;
        lead.className = "small";
        item.append(link, lead);
        hits.append(item);
      }
      const count = found.length;
      state.textContent = !count ? box.dataset.none : count === 1 ? box.dataset.one : box.dataset.many.replace("{count}", count);
    };

    box.hidden = false;
    field.addEventListener("focus", load, { once: true });
    field.addEventListener("input", () => load().then(show));
  }

  // ---- Districts: the list is in the page; the field only hides what does not match.
  for (const list of document.querySelectorAll(".districts")) {
    const field = list.querySelector("input");
    const state = list.querySelector("[role=status]");
    const items = Array.from(list.querySelectorAll("details"), (item) => [item, item.dataset.names.split("|").map(fold)]);
    field.closest("[hidden]").hidden = false;
    field.addEventListener("input", () => {
      const query = fold(field.value).trim();
      let open = null;
      let count = 0;
      for (const [item, names] of items) {
        const match = !query || names.some((name) => name.startsWith(query) || (query.length > 2 && name.includes(query)));
        item.hidden = !match;
        item.open = false;
        if (match) {
          count += 1;
          open = item;
        }
      }
      if (query && count === 1) open.open = true;
      const text = open && open.querySelector("summary").textContent.trim();
      state.textContent = !query ? "" : !count ? list.dataset.none : count === 1 ? text : list.dataset.many.replace("{count}", count);
      if (!count) for (const [item] of items) item.hidden = false;
    });
  }
})();
