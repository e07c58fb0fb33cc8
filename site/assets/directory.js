// The directory: open or closed now, old or not, filters, a service shown in place, a contact file. All of it on the device: which choice
// is made and which service is read is never sent. Without this script every page stands by itself.
(() => {
  "use strict";
  const words = document.getElementById("directory-words").dataset;
  const days = words.days.split("|");
  const MINUTE = 60000;
  const SOON = 60;

  // ---- Open, closed or not known. Times are Stockholm's, wherever the reader's clock stands.
  const spans = (text, begin) => {
    let at = begin;
    const numbers = text ? text.split("-").map((one) => parseInt(one, 36)) : [];
    const found = [];
    for (let next = 0; next < numbers.length; next += 2) {
      const opens = at + numbers[next];
      at = opens + numbers[next + 1];
      found.push([opens, at]);
    }
    return found;
  };

  // `code` is written by site_directory_hours.py. Outside the months it covers nothing is known.
  const stateOf = (code, now) => {
    if (!code) return { state: "unknown" };
    if (code === "always") return { state: "open" };
    const [first, last, sure, unsure] = code.split(".");
    const begin = parseInt(first, 36);
    const end = parseInt(last, 36);
    if (!(now >= begin && now < end)) return { state: "unknown" };
    const open = spans(sure, begin);
    const within = ([opens, closes]) => opens <= now && now < closes;
    const here = open.find(within);
    if (here) return { state: "open", closes: here[1] < end ? here[1] : undefined };
    const next = open.find(([opens]) => opens > now);
    return { state: spans(unsure, begin).some(within) ? "unknown" : "closed", opens: next && next[0] };
  };

  const stockholm = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Stockholm", hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  const local = (minutes) => {
    const part = {};
    for (const { type, value } of stockholm.formatToParts(minutes * MINUTE)) part[type] = value;
    return { clock: `${part.hour}:${part.minute}`, day: Date.UTC(part.year, part.month - 1, part.day) / 86400000 };
  };

  const span = (minutes) => {
    try {
      const said = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "long", numberingSystem: "latn" });
      if (said.resolvedOptions().locale.split("-")[0] === document.documentElement.lang.split("-")[0]) return said.format(minutes);
    } catch {
      // the time of day is said instead
    }
    return "";
  };

  const change = (at, now, closing) => {
    if (at === undefined) return "";
    const left = closing ? Math.floor(at - now) : Math.ceil(at - now);
    const said = left <= SOON && span(left);
    if (said) return (closing ? words.closesIn : words.opensIn).replace("{time}", said);
    const { clock, day } = local(at);
    const ahead = day - local(now).day;
    const time = `\u2066${clock}\u2069`;
    if (ahead === 0 || (ahead === 1 && closing)) return (closing ? words.closes : words.opens).replace("{time}", time);
    if (ahead > 6) return "";
    return (closing ? words.closesDay : words.opensDay).replace("{day}", days[(day + 3) % 7]).replace("{time}", time);
  };

  const say = (place, code) => {
    const now = Date.now() / MINUTE;
    const { state, closes, opens } = stateOf(code, now);
    place.className = `now ${state}`;
    place.hidden = !code;
    const name = document.createElement("strong");
    name.textContent = words[state];
    place.replaceChildren(name, ` ${state === "open" ? change(closes, now, true) : change(opens, now, false)}`);
    return state;
  };

  const refresh = (part) => {
    for (const place of part.querySelectorAll(".now[data-hours]")) say(place, place.dataset.hours);
  };

  // ---- More than twelve months old: said from that day on, whenever the page was built.
  const isOld = (date) => Boolean(date) && Date.now() >= Date.parse(date);

  // ---- A contact under a name that tells nothing: a file made here.
  const sign = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\s+/g, " ").trim();
  const contact = (form) => {
    const field = form.elements.name;
    const name = sign(field.value) || sign(field.defaultValue);
    const numbers = form.dataset.numbers.split(" ").map((one) => `TEL;TYPE=VOICE:${one.replace(/^\w+:/, "")}`);
    const card = ["BEGIN:VCARD", "VERSION:3.0", `N:${name};;;;`, `FN:${name}`, ...new Set(numbers), "END:VCARD", ""].join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([card], { type: "text/vcard" }));
    link.download = `${name.replace(/[^\p{L}\p{M}\p{N} _-]/gu, "").trim() || "1"}.vcf`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const enliven = (part) => {
    refresh(part);
    for (const note of part.querySelectorAll(".stale[data-after]")) note.hidden = !isOld(note.dataset.after);
    for (const form of part.querySelectorAll("form.contact")) {
      form.hidden = false;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        contact(form);
      });
    }
    const print = part.querySelector(".print-button");
    if (print) {
      print.hidden = false;
      print.firstElementChild.addEventListener("click", () => window.print());
    }
  };
  enliven(document);
  setInterval(() => refresh(document), MINUTE / 2);

  // ---- The list
  const list = document.getElementById("directory");
  if (!list) return;
  const groups = document.getElementById("directory-groups");
  const hits = document.getElementById("directory-hits");
  const status = document.getElementById("directory-state");
  const record = document.getElementById("directory-record");
  const get = (address) => fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));

  const items = Array.from(groups.querySelectorAll("li[id]"), (item, place) => ({
    item, place, home: item.parentElement, asked: new Set(), hours: "", old: item.classList.contains("old") || isOld(item.dataset.after),
  }));
  const goHome = () => {
    for (const one of [...items].sort((a, b) => a.old - b.old || a.place - b.place)) {
      one.item.classList.toggle("old", one.old);
      one.home.append(one.item);
    }
  };
  goHome();

  // ---- One service, in place of the list
  let all = null;
  let reading = "";
  const show = (id) => {
    reading = reading || id;
    const place = record.lastElementChild;
    place.innerHTML = all[id];
    place.dispatchEvent(new Event("friyta:part", { bubbles: true }));
    enliven(place);
    list.hidden = true;
    record.hidden = false;
    scrollTo(0, 0);
    place.querySelector("h1").focus({ preventScroll: true });
  };
  const open = (id, otherwise) => {
    all ??= get(list.dataset.all);
    document.body.setAttribute("aria-busy", "true");
    Promise.resolve(all).then((found) => {
      all = found;
      show(id);
    }).catch(() => {
      all = null;
      if (otherwise) location.replace(otherwise);
    }).finally(() => document.body.removeAttribute("aria-busy"));
  };
  const close = () => {
    record.hidden = true;
    record.lastElementChild.replaceChildren();
    list.hidden = false;
    const link = document.getElementById(reading)?.querySelector("a");
    reading = "";
    if (link) link.focus();
  };
  record.querySelector("button").addEventListener("click", close);
  const pressed = (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href]");
    const id = link && (link.dataset.service || (link.parentElement.matches(".entries > li") && link === link.parentElement.firstElementChild && link.parentElement.id));
    if (!id) return;
    event.preventDefault();
    open(id, link.href);
  };
  list.addEventListener("click", pressed);
  record.addEventListener("click", pressed);
  // Search and chat lead here with the name of a service, which site.js brings without it ever standing in the address. Without site.js's help
  // (a link opened in another tab) it stands behind the #, which no browser sends; it leaves the address at once.
  const known = (id) => items.some(({ item }) => item.id === id);
  addEventListener("friyta:wanted", (event) => {
    if (!known(event.detail)) return;
    event.preventDefault();
    open(event.detail);
  });
  const named = decodeURIComponent(location.hash.slice(1));
  if (known(named)) {
    history.replaceState(null, "", location.pathname);
    open(named);
  }

  // ---- Filters
  const states = () => {
    for (const one of items) {
      if (!one.hours) continue;
      if (!one.now) {
        one.now = document.createElement("span");
        one.item.querySelector("a").after(one.now);
      }
      one.state = say(one.now, one.hours);
    }
  };
  get(list.dataset.choices).then(({ form, services }) => {
    const place = document.getElementById("directory-choices");
    place.innerHTML = form;
    for (const one of items) {
      const [asked, hours] = services[one.item.id] || ["", ""];
      one.asked = new Set(asked.split(" "));
      one.hours = hours;
      one.state = "unknown";
    }
    states();
    setInterval(states, MINUTE / 2);
    const chosen = place.querySelector("form");
    const unsure = document.getElementById("directory-unsure");
    const apply = () => {
      const want = new FormData(chosen);
      const who = want.get("w");
      const area = want.get("d");
      const tongue = want.get("l");
      const tests = [];
      // Where nobody answers in the language an interpreter helps; the hit then says so.
      const speaks = (one) => one.asked.has(`l-${tongue}`);
      if (tongue) tests.push((one) => speaks(one) || (tongue !== "sv" && one.asked.has("l-tolk")));
      for (const kind of ["t", "c", "a"]) if (want.get(kind)) tests.push((one) => one.asked.has(`${kind}-${want.get(kind)}`));
      if (who) tests.push((one) => one.asked.has(`w-${who}`) || one.asked.has("w-everyone"));
      if (area) tests.push((one) => one.asked.has(`d-${area}`) || one.asked.has("d-alla"));
      if (want.get("o")) tests.push((one) => one.state === "open");
      unsure.hidden = !area || !chosen.elements.d.selectedOptions[0].hasAttribute("data-unsure");
      for (const via of list.querySelectorAll(".via")) via.remove();
      hits.replaceChildren();
      goHome();
      const some = tests.length > 0;
      groups.hidden = some;
      hits.hidden = !some;
      if (!some) {
        status.textContent = "";
        return;
      }
      // For whom it is meant first, then what lies near, then what is not too old, then what answers now.
      const rank = (one) => [tongue && !speaks(one), who && !one.asked.has(`w-${who}`), area && !one.asked.has(`d-${area}`), one.old, one.state === "closed", one.state !== "open", one.place];
      const found = items.filter((one) => tests.every((fits) => fits(one))).map((one) => [rank(one), one]);
      found.sort(([a], [b]) => {
        for (let at = 0; at < a.length; at += 1) if (Number(a[at]) !== Number(b[at])) return a[at] - b[at];
        return 0;
      });
      for (const [, one] of found) {
        hits.append(one.item);
        if (tongue && !speaks(one)) {
          const via = document.createElement("span");
          via.className = "via";
          via.textContent = chosen.querySelector("option[value=tolk]").textContent;
          one.item.append(via);
        }
      }
      const count = found.length;
      status.textContent = !count ? list.dataset.none : count === 1 ? list.dataset.one : list.dataset.many.replace("{count}", count);
    };
    chosen.addEventListener("input", apply);
    chosen.addEventListener("submit", (event) => event.preventDefault());
    chosen.addEventListener("reset", () => setTimeout(apply));
  }).catch(() => {
    // The list and the lists by choice are there without the form.
  });
})();
