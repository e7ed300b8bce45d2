// The page of findings: choosing one by mouse or keyboard, showing its place, acting on it.
(function () {
  "use strict";

  const list = document.getElementById("list");
  const sheet = document.getElementById("sheet");
  const keys = document.getElementById("keys");
  if (!list || !sheet || !keys) { return; }

  function cards() { return Array.from(list.querySelectorAll("[data-finding]")); }
  function current() { return list.querySelector("[data-finding][data-current]"); }

  let chosen = current() ? current().id : "";

  function mark(card) {
    chosen = card.id;
    cards().forEach(function (other) {
      const chosen = other === card;
      const link = other.querySelector(".finding-open");
      other.toggleAttribute("data-current", chosen);
      if (chosen) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
    });
  }

  function within(pane, element) {
    const outer = pane.getBoundingClientRect();
    const inner = element.getBoundingClientRect();
    pane.scrollTop += inner.top - outer.top - Math.max(8, (outer.height - inner.height) / 3);
  }

  function go(step) {
    const all = cards();
    const next = all[all.indexOf(current()) + step];
    if (!next) { return; }
    const link = next.querySelector(".finding-open");
    link.click();
    link.focus({ preventScroll: true });
    within(list, next);
  }

  function press(key) {
    const card = current();
    const target = key === "?" ? document.getElementById("show-keys") : card && card.querySelector('[data-key="' + key + '"]');
    if (!target) { return false; }
    target.click();
    const details = target.closest("details.act");
    if (details && details.open) {
      const text = details.querySelector("textarea");
      text.focus();
      text.setSelectionRange(text.value.length, text.value.length);
    }
    return true;
  }

  list.addEventListener("click", function (event) {
    const link = event.target.closest(".finding-open");
    if (link) { mark(link.closest("[data-finding]")); }
  });

  list.addEventListener("toggle", function (event) {
    if (event.target.matches("details.act") && event.target.open) {
      event.target.parentElement.querySelectorAll("details.act[open]").forEach(function (other) {
        if (other !== event.target) { other.open = false; }
      });
    }
  }, true);

  document.getElementById("show-keys").addEventListener("click", function () { keys.showModal(); });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys.open) { return; }
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") {
        const card = event.target.closest("[data-finding]");
        const details = event.target.closest("details.act");
        if (details) { details.open = false; }
        if (card) { card.querySelector(".finding-open").focus(); }
      }
      return;
    }
    const arrows = !event.target.closest("#sheet, .scroll");
    if (event.key === "j" || (arrows && event.key === "ArrowDown")) { go(1); }
    else if (event.key === "k" || (arrows && event.key === "ArrowUp")) { go(-1); }
    else if (!"awcn?".includes(event.key) || !press(event.key)) { return; }
    event.preventDefault();
  });

  document.body.addEventListener("htmx:afterSettle", function (event) {
    if (event.target !== sheet) { return; }
    const place = sheet.querySelector(".mark-here");
    sheet.scrollTop = 0;
    if (place) { within(sheet, place); }
  });

  document.body.addEventListener("htmx:afterSwap", function (event) {
    const card = event.target.closest && event.target.closest("[data-finding]");
    if (!card) { return; }
    // Whoever has gone on to another finding meanwhile stays there, and goes on writing.
    mark(cards().find(function (other) { return other.id === chosen; }) || card);
    if (document.activeElement === document.body) { current().querySelector(".finding-open").focus({ preventScroll: true }); }
  });

  document.body.addEventListener("htmx:responseError", function () {
    sheet.textContent = "没有读到，请刷新页面后重试。";
  });

  const first = current();
  if (first) { within(list, first); }
})();
