// The losses of a run as a chart that grows while it trains. The same numbers stand in a table below it.
import uPlot from "/webjars/uplot/1.6.30/dist/uPlot.esm.js";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// Forward and back, so that the smooth line does not lag behind the raw one.
function smooth(values) {
  if (values.length < 8) return values;
  const weight = Math.min(0.97, 1 - 8 / values.length * 0.5);
  const pass = (list) => {
    let mean = list[0];
    return list.map((value) => (mean = weight * mean + (1 - weight) * value));
  };
  return pass(pass(values).reverse()).reverse();
}

function drawChart(place) {
  const lines = { step: [], instance: [], prior: [], heldOut: [], rate: [], seconds: [] };
  let plot = null;

  function series(label, stroke, width, extra) {
    return Object.assign({ label, stroke, width, points: { show: false } }, extra);
  }

  function show() {
    if (lines.step.length === 0) {
      place.textContent = place.dataset.none;
      return;
    }
    const hasPrior = lines.prior.some((loss) => loss !== 0);
    const data = [lines.step, lines.instance, smooth(lines.instance)];
    const shown = [
      { label: place.dataset.step },
      series(place.dataset.instance, colour("--line-1-thin"), 1, {}),
      series("∅ " + place.dataset.instance, colour("--line-1"), 2, {}),
    ];
    if (hasPrior) {
      data.push(lines.prior, smooth(lines.prior));
      shown.push(series(place.dataset.prior, colour("--line-2-thin"), 1, {}));
      shown.push(series("∅ " + place.dataset.prior, colour("--line-2"), 2, {}));
    }
    if (lines.heldOut.some((loss) => loss !== null)) {
      data.push(lines.heldOut);
      shown.push(series(place.dataset.heldOut, colour("--line-4"), 2, { spanGaps: true, points: { show: true, size: 7 } }));
    }
    data.push(lines.rate);
    shown.push(series(place.dataset.rate, colour("--line-3"), 1, { scale: "rate", dash: [4, 4] }));
    const axis = { stroke: colour("--soft"), grid: { stroke: colour("--edge"), width: 1 }, ticks: { stroke: colour("--edge") } };
    const options = {
      width: place.clientWidth,
      height: Math.max(220, Math.min(340, place.clientWidth * 0.5)),
      scales: { x: { time: false } },
      axes: [Object.assign({}, axis), Object.assign({ size: 58 }, axis), { scale: "rate", side: 1, size: 62, stroke: colour("--soft"), grid: { show: false }, values: (u, ticks) => ticks.map((tick) => (tick === 0 ? "0" : tick.toExponential(0))) }],
      series: shown,
    };
    place.textContent = "";
    if (plot) plot.destroy();
    plot = new uPlot(options, data, place);
  }

  async function more() {
    const last = lines.step.length === 0 ? 0 : lines.step[lines.step.length - 1];
    const answer = await fetch(place.dataset.losses + "?after=" + last);
    if (!answer.ok) return;
    const news = await answer.json();
    if (news.step.length === 0 && plot) return;
    // A part of the steps may say nothing of prior or held-out pictures.
    const none = (name) => news.step.map(() => (name === "heldOut" ? null : 0));
    Object.keys(lines).forEach((name) => {
      const values = news[name] && news[name].length === news.step.length ? news[name] : none(name);
      lines[name] = lines[name].concat(values);
    });
    show();
  }

  more();
  let waiting = false;
  document.body.addEventListener("htmx:sseMessage", () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => { waiting = false; more(); }, 1500);
  });
  window.addEventListener("resize", show);
  if (window.matchMedia) window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}

document.querySelectorAll(".chart").forEach(drawChart);
