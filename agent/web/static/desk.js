// The desk works without this file. With it: keys, sentence and proof lighting each other, focus on the letter.
"use strict";

(() => {
  const typing = (element) =>
    element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  const isShown = (element) => element.checkVisibility();

  // An open menu takes the keys first: the digits of its reasons; a target in a closed one is not shown.
  const target = (key) =>
    [...document.querySelectorAll("[data-key]")].find(
      (element) => element.dataset.key.split(" ").includes(key) && isShown(element),
    );

  const closeMenus = (except) => {
    const open = [...document.querySelectorAll("details[data-menu][open]")].filter((menu) => menu !== except);
    for (const menu of open) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus(); // not lost with what closes
      menu.open = false;
    }
    return open.length > 0;
  };

  const press = (element) => {
    if (element.tagName !== "SUMMARY") return element.click();
    const menu = element.parentElement;
    menu.open = !menu.open;
    closeMenus(menu);
    ((menu.open && menu.querySelector("[data-first]")) || element).focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target instanceof Element && event.target.closest("form[data-keep]");
      if (form) {
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    if (event.key === "Escape" && closeMenus()) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (typing(event.target) && event.key !== "Escape") return;
    const element = target(event.key);
    if (!element) return;
    event.preventDefault();
    press(element);
  });

  document.addEventListener("click", (event) => {
    const menu = event.target instanceof Element ? event.target.closest("details[data-menu]") : null;
    closeMenus(menu);
  });

  // One proof number lit at a time, wherever it stands: the sentence, its mark, the card.
  const numbersOf = (element) => {
    const holder = element instanceof Element && element.closest("[data-number], [data-notes], [data-note]");
    if (!holder) return [];
    const { number, notes, note } = holder.dataset;
    return (number || note || notes || "").split(" ").filter(Boolean);
  };

  const light = (numbers) => {
    for (const lit of document.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
    for (const number of numbers) {
      const selector = `[data-note="${number}"], [data-notes~="${number}"], [data-number="${number}"]`;
      for (const element of document.querySelectorAll(selector)) element.classList.add("is-lit");
    }
  };

  for (const event of ["pointerover", "focusin"]) {
    document.addEventListener(event, ({ target: element }) => light(numbersOf(element)));
  }

  const fits = (textarea) => {
    textarea.style.height = "auto"; // set through the CSSOM, which the content security policy allows
    textarea.style.height = `${textarea.scrollHeight + 2}px`;
  };

  document.addEventListener("input", ({ target: element }) => {
    if (element instanceof HTMLTextAreaElement) fits(element);
  });

  // Without a clipboard (no script, no https) the text is there to be selected by hand.
  const canCopy = () => Boolean(navigator.clipboard);
  document.addEventListener("click", async ({ target: element }) => {
    const button = element instanceof Element && element.closest("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy);
    text.select();
    await navigator.clipboard.writeText(text.value);
    button.textContent = button.dataset.done;
  });

  const arrive = () => {
    if (canCopy()) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
    for (const textarea of document.querySelectorAll("textarea")) fits(textarea);
    // where a keyboard reader goes on: the first problem, else the form, else the letter; never the top of the page
    return ["[role=alert]", "[autofocus]", "#letter"].map((selector) => document.querySelector(selector)).find(Boolean);
  };

  const goTo = (place) => {
    if (!place) return;
    if (place.matches("[role=alert], h1")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id !== "page" || event.target.id !== "page") return;
    window.scrollTo({ top: 0, behavior: "instant" });
    // what was pressed is gone with its page; a new page in its place is begun at its heading
    goTo(arrive() || document.querySelector("h1"));
  });
  document.addEventListener("DOMContentLoaded", () => goTo(arrive()));
})();
