// What HTML alone cannot do: a question before what cannot be undone, and forms that keep what was typed.
"use strict";

// What was typed is kept in the browser until it was sent, so that neither a reload nor a service that is away loses it.
function keepTyped(form) {
  var name = "typed:" + (form.dataset.keep || location.pathname);
  var kept = {};
  try {
    kept = JSON.parse(sessionStorage.getItem(name) || "{}");
  } catch (broken) {
    sessionStorage.removeItem(name);
  }
  Object.keys(kept).forEach(function (field) {
    var input = form.elements[field];
    if (input && keeps(input)) input.value = kept[field];
  });
  form.addEventListener("input", function () {
    var values = {};
    Array.prototype.forEach.call(form.elements, function (input) {
      if (input.name && keeps(input)) values[input.name] = input.value;
    });
    sessionStorage.setItem(name, JSON.stringify(values));
  });
}

function keeps(input) {
  return ["file", "hidden", "checkbox", "radio", "submit"].indexOf(input.type) < 0;
}

function copyText(button) {
  button.addEventListener("click", function () {
    navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent).then(function () {
      button.textContent = button.dataset.done;
    });
  });
}

document.addEventListener("DOMContentLoaded", function () {
  // Where one comes once a run is open.
  if (/^\/runs\/[^/]+\/pictures$/.test(location.pathname)) {
    Object.keys(sessionStorage).forEach(function (name) {
      if (name.indexOf("typed:new") === 0) sessionStorage.removeItem(name);
    });
  }
  document.querySelectorAll("form[data-keep]").forEach(keepTyped);
  document.querySelectorAll("button[data-copy]").forEach(copyText);
});

document.addEventListener("submit", function (event) {
  var question = event.target.dataset && event.target.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});

// A refusal is a sentence for the reader and takes the place of what was asked for.
document.addEventListener("htmx:beforeSwap", function (event) {
  if (event.detail.xhr.status >= 400) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// A run that is over shows more than its head: the whole page again, and the stream is not called any more.
document.addEventListener("htmx:afterSwap", function () {
  if (document.querySelector("#live[sse-connect] [data-over]")) location.reload();
});
