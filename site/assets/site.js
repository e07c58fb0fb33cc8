// What every page gains with scripts: a faster exit, a portal that is one entry in the history, and nothing left in the page.
// Keeps nothing anywhere: no cookie, no storage, no request. docs/site.md and docs/decisions say why it does what it does.
(() => {
  "use strict";
  const exit = document.getElementById("exit");
  const say = document.getElementById("exit-say");
  const root = document.documentElement;

  // Empties the page at once; the browser's own blank canvas is all that is left to see or to come back to.
  const wipe = () => {
    for (const field of document.querySelectorAll("input, textarea")) field.value = "";
    document.title = "\u200b";
    root.replaceChildren();
  };

  const leave = () => {
    const target = exit.href;
    if (say) say.textContent = exit.dataset.done;
    wipe();
    window.name = "";
    location.replace(target);
  };

  // ---- Exit: press, or Shift three times (left, right or mixed), each within five seconds of the one before.
  const WITHIN = 5000;
  let presses = 0;
  let timer = 0;
  let alone = false;

  const forget = (heard) => {
    clearTimeout(timer);
    if (heard && presses > 0 && say) say.textContent = exit.dataset.stop;
    presses = 0;
  };

  const press = () => {
    presses += 1;
    clearTimeout(timer);
    if (presses === 3) return leave();
    if (say) say.textContent = presses === 1 ? exit.dataset.two : exit.dataset.one;
    timer = setTimeout(() => forget(true), WITHIN);
  };

  if (exit) {
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    // Shift held while typing a capital letter is no press: it counts only if nothing else happened before it came up.
    addEventListener("keydown", (event) => {
      if (event.key === "Shift") {
        if (!event.repeat) alone = !event.ctrlKey && !event.altKey && !event.metaKey;
      } else {
        alone = false;
        forget(false);
      }
    }, true);
    addEventListener("keyup", (event) => {
      if (event.key === "Shift" && alone) press();
    }, true);
    addEventListener("pointerdown", () => { alone = false; }, true);
    keepInReach();
  }

  // A keyboard on the screen or a page pinched larger moves what is seen; the exit follows it.
  function keepInReach() {
    const view = window.visualViewport;
    if (!view) return;
    const place = () => {
      exit.style.transform = "";
      if (view.scale <= 1.01 && Math.abs(root.clientHeight - view.height) < 2 && view.offsetTop < 1) return;
      const box = exit.getBoundingClientRect();
      const scale = 1 / view.scale;
      const right = box.left + box.width / 2 > root.clientWidth / 2;
      const low = box.top + box.height / 2 > root.clientHeight / 2;
      const edge = 12 * scale;
      const x = right ? view.offsetLeft + view.width - edge - box.width * scale : view.offsetLeft + edge;
      const y = low ? view.offsetTop + view.height - edge - box.height * scale : view.offsetTop + edge;
      exit.style.transformOrigin = "0 0";
      exit.style.transform = `translate(${x - box.left}px, ${y - box.top}px) scale(${scale})`;
    };
    view.addEventListener("resize", place);
    view.addEventListener("scroll", place);
  }

  // ---- One entry: a link inside the portal takes the place of the page it stands on, so that Back leads out of the portal.
  // What stands behind a # names a service or a part of a page, and the browser's history would keep it. So it never comes into the address:
  // on a page it is gone to directly; to the next page it goes in the name of the tab, which is memory of this tab alone, and is taken away there.
  const goTo = (id) => {
    const goal = document.getElementById(id);
    if (!goal) return;
    for (const old of document.querySelectorAll(".aimed")) old.classList.remove("aimed");
    goal.classList.add("aimed");
    if (goal.tabIndex < 0) goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
    goal.scrollIntoView();
  };
  const carried = /^(~?)(?:#(.*))?$/.exec(window.name);
  let discreet = Boolean(carried && carried[1]);
  if (carried) window.name = carried[1];
  if (carried && carried[2]) {
    // directory.js shows a service that is asked for so; on other pages it is a place to go to.
    addEventListener("DOMContentLoaded", () => {
      if (dispatchEvent(new CustomEvent("friyta:wanted", { detail: carried[2], cancelable: true }))) goTo(carried[2]);
    });
  }

  // ---- The discreet edition: by choice, a title and an icon of the tab that tell nothing, in this tab until it is closed or the portal is left.
  const choice = document.getElementById("discreet");
  const icon = document.querySelector("link[rel=icon]");
  const own = { title: document.title, icon: icon && icon.href };
  const dress = () => {
    window.name = discreet ? "~" : "";
    document.title = discreet ? choice.dataset.title : own.title;
    if (icon) icon.href = discreet ? choice.dataset.icon : own.icon;
    root.classList.toggle("discreet", discreet);
    choice.setAttribute("aria-pressed", String(discreet));
  };
  if (choice) {
    choice.hidden = false;
    choice.addEventListener("click", () => {
      discreet = !discreet;
      dress();
    });
    if (discreet) dress();
  }

  addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    event.preventDefault();
    const id = decodeURIComponent(link.hash.slice(1));
    if (id && link.pathname === location.pathname && link.search === location.search) {
      goTo(id);
      return;
    }
    window.name = (discreet ? "~" : "") + (id ? `#${id}` : "");
    location.replace(link.pathname + link.search);
  });

  // The cache that makes Back fast keeps whole pages. What it gets is empty, and coming back fetches the page anew.
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace(location.pathname + location.search);
  });

  // ---- Menus close by Escape, or by a press beside them.
  addEventListener("click", (event) => {
    for (const open of document.querySelectorAll(".drop[open]")) if (!open.contains(event.target)) open.open = false;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector(".drop[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // ---- How long ago a fact was seen is said by the reader's own clock: a site that nobody tends ages in plain sight.
  const DAY = 86400000;
  const ago = (then) => {
    const days = Math.floor((Date.now() - then) / DAY);
    if (!(days >= 0)) return "";
    let words;
    try {
      words = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" });
      if (words.resolvedOptions().locale.split("-")[0] !== root.lang.split("-")[0]) return "";
    } catch {
      return "";
    }
    if (days < 45) return words.format(-days, "day");
    if (days < 700) return words.format(-Math.round(days / 30.44), "month");
    return words.format(-Math.round(days / 365.25), "year");
  };
  const age = (part) => {
    for (const time of part.querySelectorAll("time[data-age]")) {
      const words = ago(Date.parse(time.dateTime.length === 4 ? time.dateTime + "-01-01" : time.dateTime));
      if (words) time.after(` (${words})`);
    }
  };
  age(document);
  addEventListener("friyta:part", (event) => age(event.target)); // a script has put a new part into the page
})();
