// Shows the "Try it" forms and sends what they hold.
"use strict";
const opened = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && target.tagName === "DETAILS") target.open = true;
};
addEventListener("hashchange", opened);
opened();
for (const form of document.querySelectorAll("form.try")) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    let path = form.dataset.path.slice(1);
    const query = new URLSearchParams();
    for (const input of form.querySelectorAll("input")) {
      if (input.dataset.in === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(input.value));
      else if (input.value) query.set(input.name, input.value);
    }
    const area = form.querySelector("textarea");
    const options = { method: form.dataset.method, headers: { Accept: "application/json" } };
    if (area) {
      options.body = area.value;
      options.headers["Content-Type"] = form.dataset.kind;
    }
    if (form.dataset.kind === "application/x-www-form-urlencoded") {
      try { options.body = new URLSearchParams(JSON.parse(area.value)); } catch { /* it is urlencoded already */ }
    }
    const output = form.querySelector("output");
    const began = performance.now();
    try {
      const reply = await fetch(path + (query.size ? `?${query}` : ""), options);
      const text = await reply.text();
      let shown = text;
      try { shown = JSON.stringify(JSON.parse(text), null, 1); } catch { /* not JSON: show it as it is */ }
      output.innerHTML = "<h3></h3><pre></pre>";
      output.firstChild.textContent = `${reply.status} ${reply.statusText}, ${Math.round(performance.now() - began)} ms`;
      output.lastChild.textContent = shown;
    } catch (error) {
      output.textContent = `No answer: ${error.message}`;
    }
  });
}
