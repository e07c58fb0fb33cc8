// Makes the chat form of api/ answer in place. Without this script the same form works by itself.
// The conversation lives in this page's memory only: no history entry, no storage, gone on leaving and after two minutes out of sight.
(() => {
  "use strict";
  const form = document.getElementById("chat");
  const log = document.getElementById("chat-log");
  const picks = document.getElementById("chat-choices");
  const template = document.getElementById("chat-words");
  if (!form || !log || !picks || !template || !window.fetch || !window.AbortController) return;

  const say = template.dataset;
  const field = form.elements.namedItem("message");
  const state = form.elements.namedItem("state");
  const HIDDEN_FOR = 120000;
  const SLOW = 6000;
  const GIVE_UP = 25000;
  const unkept = document.getElementById("unkept"); // for those without scripts; a password field would only puzzle others
  if (unkept) unkept.remove();
  let lang = form.dataset.lang || document.documentElement.lang;
  let busy = null;
  let hiddenSince = 0;
  let timer = 0;

  const make = (tag, props = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  };

  // ---- Around the form: a line that is read aloud, the button that clears, how many signs are left
  const status = make("p", { className: "chat-status" });
  status.setAttribute("role", "status");
  const left = make("span", { className: "small" });
  const clearer = make("button", { type: "button", className: "button ghost", textContent: say.clear });
  form.append(make("div", { className: "chat-tools" }, clearer, left));
  picks.before(status);

  const direction = (tag) => {
    const name = document.querySelector(`.langs a[hreflang="${CSS.escape(tag)}"] bdi`);
    return (name && name.dir) || "";
  };
  // A text in another language than the page says so, to the screen reader and to the order of its letters.
  const marked = (element, tag) => {
    if (tag && tag !== document.documentElement.lang) {
      element.lang = tag;
      element.dir = direction(tag);
    }
    return element;
  };
  const number = (href, text) => make("a", { className: "tel", href }, make("bdi", { dir: "ltr", textContent: text }));
  const away = (href, text) => make("a", { href, rel: "noreferrer", textContent: text });

  const card = (service) => {
    const ways = make("p", { className: "call" });
    if (service.phone) {
      const call = number(service.phone_uri || `tel:${service.phone.replace(/[^+\d]/g, "")}`, service.phone);
      call.classList.add("button");
      call.prepend(make("span", { textContent: `${say.call} ` }));
      ways.append(call);
    }
    if (service.former) ways.append(make("span", { className: "small", textContent: say.former.replace("{number}", service.former) }));
    if (service.sms) ways.append(make("span", {}, `${say.text} `, number(`sms:${service.sms.replace(/[^+\d]/g, "")}`, service.sms)));
    if (service.chat_url) ways.append(away(service.chat_url, say.chat));
    if (service.url && !service.phone && !service.chat_url) ways.append(away(service.url, say.site));
    const now = service.open_now === true ? say.open : service.open_now === false ? say.closed : "";
    const hours = [now, typeof service.hours === "string" ? service.hours : ""].filter(Boolean).join(". ");
    const name = make("p", { className: "card-name" }, typeof service.page === "string" && service.page.startsWith("/")
      ? make("a", { href: service.page, textContent: service.name }) : service.name);
    name.setAttribute("lang", "sv");
    name.dir = "auto";
    return make("section", { className: "card" }, name,
      service.summary ? marked(make("p", { textContent: service.summary }), service.summary_lang) : null,
      ways.childElementCount ? ways : null,
      service.way_in ? make("p", { textContent: service.way_in }) : null,
      hours ? make("p", { className: "small", textContent: hours }) : null);
  };

  const heading = (text) => make("p", { className: "part" }, make("strong", { textContent: text }));

  const entry = (who, label) => {
    const item = make("li", { className: who, tabIndex: -1 });
    item.append(make("span", { className: "quiet", textContent: `${label}: ` }));
    return item;
  };

  const yours = (text) => {
    const item = entry("you", say.you);
    item.append(make("p", { textContent: text, dir: "auto" }));
    return item;
  };

  const ours = (answer) => {
    const item = entry(answer.urgent ? "us urgent" : "us", say.reply);
    marked(item, answer.lang);
    const langs = answer.message_langs || [];
    for (const [at, text] of (answer.messages || []).entries()) {
      const line = make("p", { textContent: text });
      item.append(langs[at] && langs[at] !== answer.lang ? Object.assign(line, { lang: langs[at], dir: direction(langs[at]) }) : line);
    }
    if (answer.services && answer.services.length) item.append(heading(say.services), ...answer.services.map(card));
    if (answer.notice) item.append(make("p", { className: "small", textContent: answer.notice }));
    if (answer.pages && answer.pages.length) {
      const list = make("ul", {}, ...answer.pages.map((page) => make("li", {}, make("a", { href: page.url, textContent: page.title }))));
      item.append(heading(say.pages), list);
    }
    return item;
  };

  const offer = (choices) => {
    picks.replaceChildren(...(choices || []).map(({ label, value }) => make("button", { type: "submit", name: "choice", value, textContent: label })));
    picks.setAttribute("role", "group");
    picks.setAttribute("aria-label", say.choices);
  };

  // The emergency text stands in the page from the first byte, so it is there when the network is not.
  const emergency = () => {
    if (!log.querySelector(".emergency-box")) log.append(make("li", { className: "us" }, template.content.cloneNode(true)));
  };

  const trouble = (text) => {
    status.textContent = text;
    emergency();
  };

  const show = (answer, asked, byChoice) => {
    const fresh = [asked ? yours(asked) : null, ours(answer)].filter(Boolean);
    const focus = byChoice && fresh[fresh.length - 1];
    // What gets the focus is read for that reason; the live region keeps quiet so that nothing is read twice.
    if (focus) log.setAttribute("aria-live", "off");
    for (const box of log.querySelectorAll(".emergency-box")) box.closest("li").remove();
    log.append(...fresh);
    lang = answer.lang || lang;
    state.value = answer.state || "";
    offer(answer.choices);
    fresh[0].scrollIntoView({ block: "start" });
    if (focus) focus.focus({ preventScroll: true });
    if (focus) setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
  };

  // Sends one message or choice. Gives true if an answer came; otherwise says why, and what was written stays in its field.
  const ask = async (message, choice, asked) => {
    if (busy) return false;
    const mine = (busy = new AbortController());
    const slow = setTimeout(() => trouble(say.slow), SLOW);
    const stop = setTimeout(() => mine.abort(), GIVE_UP);
    form.setAttribute("aria-busy", "true");
    status.textContent = say.sending;
    try {
      const body = { lang: choice && choice.startsWith("lang:") ? choice.slice(5) : lang, message, choice, state: state.value || null };
      const reply = await fetch("/api/chat", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify(body),
        signal: mine.signal,
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      const answer = await reply.json();
      if (busy !== mine) return false;
      if (!reply.ok) {
        trouble(answer.detail || (reply.status === 429 || reply.status === 503 ? say.busy : say.failed));
        return false;
      }
      status.textContent = "";
      show(answer, asked, Boolean(choice));
      return true;
    } catch {
      if (busy === mine) trouble(say.failed);
      return false;
    } finally {
      clearTimeout(slow);
      clearTimeout(stop);
      if (busy === mine) {
        busy = null;
        form.removeAttribute("aria-busy");
      }
    }
  };

  const count = () => {
    const rest = field.maxLength - field.value.length;
    left.textContent = rest < 200 ? `${rest} ${say.left}` : "";
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button && button.name === "choice") {
      await ask(null, button.value, button.textContent.trim());
      return;
    }
    const text = field.value.trim();
    if (!text) {
      status.textContent = say.empty;
      field.focus();
      return;
    }
    if (await ask(text, null, text) && field.value.trim() === text) {
      field.value = "";
      count();
    }
  });

  field.addEventListener("input", count);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !matchMedia("(hover: hover)").matches) return;
    event.preventDefault();
    form.requestSubmit();
  });

  // ---- Forgetting
  const clear = () => {
    if (busy) busy.abort();
    busy = null;
    form.removeAttribute("aria-busy");
    log.replaceChildren();
    picks.replaceChildren();
    field.value = "";
    state.value = "";
    count();
  };

  const restart = async (text) => {
    clear();
    status.textContent = text;
    if (await ask(null, null, "")) status.textContent = text;
    else offer([{ label: say.again, value: "menu" }]);
  };

  clearer.addEventListener("click", () => restart(say.cleared));
  const asleep = () => {
    clear();
    status.textContent = say.asleep;
  };
  document.addEventListener("freeze", asleep);
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) {
      hiddenSince = Date.now();
      timer = setTimeout(asleep, HIDDEN_FOR);
      return;
    }
    if (hiddenSince && Date.now() - hiddenSince >= HIDDEN_FOR) asleep();
    hiddenSince = 0;
    if (!log.childElementCount) restart(say.asleep);
  });

  if (!log.childElementCount) restart("");
})();
