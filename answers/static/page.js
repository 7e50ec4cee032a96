/* Small comforts. Every page works without this file: forms are plain forms, lists plain links. */
"use strict";

/* A form sent is seen to be sent, and not sent twice by an impatient thumb (the office counts it once anyway). */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) {
    button.setAttribute("aria-disabled", "true");
    button.dataset.words = button.textContent;
    button.textContent = document.body.dataset.sending;
    tellWhenSlow(button);
  }
});

/* What takes longer than five seconds (a worker has just died: up to 55) says so, once, below its button. */
function tellWhenSlow(button) {
  const told = document.createElement("p");
  told.className = "slow small";
  told.setAttribute("role", "status");
  button.after(told);
  setTimeout(() => (told.textContent = document.body.dataset.slow), 5000);
}

/* Back from the next page: the form may be used again. */
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const told of document.querySelectorAll(".slow")) told.remove();
  for (const button of document.querySelectorAll("button[data-words]")) {
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.words;
    delete button.dataset.words;
  }
});

/* What keeps itself fresh waits while nobody looks, and while somebody is in the middle of it. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const fresh = event.target.closest(".fresh");
  if (!fresh) return;
  const busy = fresh.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
  if (document.hidden || busy) event.preventDefault();
});

/* The account's few lines close when one looks elsewhere. */
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.account[open]")) {
    if (!open.contains(event.target)) open.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.account[open]")) {
    open.removeAttribute("open");
    open.querySelector("summary").focus();
  }
});

/* A select of a filter form that asks for it acts at once. */
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && form.matches("[data-at-once]")) form.requestSubmit();
});

/* After an answer was refused, the first wrong field is where one goes on. */
document.addEventListener("DOMContentLoaded", () => {
  const wrong = document.querySelector("[aria-invalid=true]");
  if (!wrong) return;
  const closed = wrong.closest("details:not([open])");
  if (closed) closed.setAttribute("open", "");
  (wrong.matches("fieldset") ? wrong.querySelector("input") : wrong).focus();
});
