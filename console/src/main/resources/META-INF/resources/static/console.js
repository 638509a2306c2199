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

// Where the head is can be drawn onto the picture; the field says the same in numbers.
document.addEventListener("pointerdown", function (down) {
  var frame = down.target.closest && down.target.closest(".boxed");
  var field = frame && frame.parentElement.querySelector("input[name=regions]");
  if (!field || down.button !== 0 || down.pointerType === "touch") return;
  var picture = frame.querySelector("img").getBoundingClientRect();
  var box = null;
  function share(event) {
    return {
      x: Math.min(1, Math.max(0, (event.clientX - picture.left) / picture.width)),
      y: Math.min(1, Math.max(0, (event.clientY - picture.top) / picture.height)),
    };
  }
  var from = share(down);
  function move(event) {
    var to = share(event);
    if (!box && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < 5) return;
    if (!box) frame.appendChild((box = document.createElement("span"))).className = "box";
    box.style.left = 100 * Math.min(from.x, to.x) + "%";
    box.style.top = 100 * Math.min(from.y, to.y) + "%";
    box.style.width = 100 * Math.abs(to.x - from.x) + "%";
    box.style.height = 100 * Math.abs(to.y - from.y) + "%";
  }
  function up(event) {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", up);
    if (!box) return;
    var to = share(event);
    var sides = [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    var others = field.value.split(";").filter(function (region) { return region.trim() && !/^\s*head\b/i.test(region); });
    field.value = ["head " + sides.map(function (side) { return side.toFixed(3); }).join(" ")].concat(others).join("; ");
    field.closest("details").open = true;
    frame.querySelectorAll(".box").forEach(function (old) { if (old !== box) old.remove(); });
    frame.addEventListener("click", function (click) { click.preventDefault(); }, { once: true });
    field.focus();
  }
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", up);
  down.preventDefault();
});
