// The cursor over the big plot: what every level did on that day.
for (const panel of document.querySelectorAll("[data-flight]")) {
  const svg = panel.querySelector("svg"), cursor = svg.querySelector(".cursor"), tip = panel.querySelector(".tip");
  const data = JSON.parse(document.getElementById(panel.dataset.flight).textContent);
  const [left, right] = data.span, percent = (v) => (v == null ? "none" : (100 * v).toFixed(1) + " %");
  const line = (tag, cls, text) => Object.assign(document.createElement(tag), { className: cls, textContent: text });
  const show = (x, y, day) => {
    tip.replaceChildren(line("b", "", "day " + day));
    for (const l of data.levels) {
      const value = l.metric[day], quality = value == null ? "no answers" : data.percent ? percent(value) : value.toFixed(2);
      tip.append(line("span", "level-" + l.level, "level " + l.level), ` ${quality}, regret ${l.regret[day].toFixed(2)} $`);
      if (l.availability[day] < 0.995) tip.append(`, ${percent(l.availability[day])} answered`);
      tip.append(document.createElement("br"));
      for (const text of [...l.alerts[day].slice(0, 2), ...l.actions[day]]) tip.append(line("i", "", text));
    }
    for (const e of data.events) if (e.day <= day && day < e.over) tip.append(line("i", e.kind, e.name));
    const box = panel.getBoundingClientRect();
    tip.style.opacity = 1;
    tip.style.left = Math.min(x - box.left + 16, box.width - tip.offsetWidth - 8) + "px";
    tip.style.top = Math.max(8, y - box.top - 30) + "px";
  };
  const hide = () => { tip.style.opacity = 0; cursor.style.opacity = 0; };
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
    const day = Math.floor(((event.clientX - box.left) * scale - left) / (right - left) * data.days);
    if (day < 0 || day >= data.days) return hide();
    const x = left + ((day + 0.5) * (right - left)) / data.days;
    cursor.setAttribute("x1", x); cursor.setAttribute("x2", x); cursor.style.opacity = 0.5;
    show(event.clientX, event.clientY, day);
  });
  svg.addEventListener("pointerleave", hide);
}
