// The form of a project: rows, saving, messages at the fields; evidence; importing. Everything else is plain pages and htmx.
(function () {
  "use strict";

  const csrf = document.body.dataset.csrf || "";
  const form = document.getElementById("sheet");
  const FIELDS = "input[name], select[name], textarea[name]";
  let dirty = false;

  // ------------------------------------------------------------------------------ the sheet

  function lines() {
    return form.hasAttribute("data-list") ? Array.from(form.querySelectorAll("tbody tr")) : [form];
  }

  function values(line) {
    const found = {};
    line.querySelectorAll(FIELDS).forEach(function (field) {
      if (field.value.trim()) { found[field.name] = field.value; }
    });
    return found;
  }

  function filled() {
    return lines().filter(function (line) { return line === form || Object.keys(values(line)).length; });
  }

  function content() {
    const all = filled().map(values);
    return JSON.stringify(form.hasAttribute("data-list") ? all : all[0]);
  }

  function state(text, good) {
    let place = document.getElementById("state");
    if (!place) {
      place = document.createElement("p");
      place.id = "state";
      document.getElementById("panel").prepend(place);
    }
    place.textContent = text;
    place.className = good ? "soft" : "problem";
  }

  function isStopped() { return Boolean(document.querySelector("#panel [data-stopped]")); }

  function decorate() {
    form.querySelectorAll(".at-field").forEach(function (old) { old.remove(); });
    form.querySelectorAll("[aria-invalid]").forEach(function (field) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    });
    const rows = filled();
    document.querySelectorAll("aside [data-field]").forEach(function (item) {
      const line = rows[Number(item.dataset.row)];
      const field = line && line.querySelector('[name="' + item.dataset.field + '"]');
      if (!field) { return; }
      const note = document.createElement("p");
      note.className = "at-field " + item.className;
      note.id = field.id + "-" + field.parentNode.querySelectorAll(".at-field").length;
      note.textContent = item.querySelector(".what").textContent + (item.classList.contains("blank") ? "" : "。" + item.querySelector(".todo").textContent);
      field.parentNode.append(note);
      if (!item.classList.contains("info") && !item.classList.contains("blank")) { field.setAttribute("aria-invalid", "true"); }
      field.setAttribute("aria-describedby", ((field.getAttribute("aria-describedby") || "") + " " + note.id).trim());
    });
  }

  function renumber() {
    lines().forEach(function (line, number) {
      line.querySelector(".number").textContent = number + 1;
      line.querySelectorAll(FIELDS).forEach(function (field) {
        field.id = "f-" + number + "-" + field.name;
        field.setAttribute("aria-label", field.dataset.title + "，第" + (number + 1) + "行");
      });
      line.querySelectorAll("[data-do]").forEach(function (button) {
        button.setAttribute("aria-label", button.textContent + "第" + (number + 1) + "行");
      });
    });
    decorate();
  }

  function blank() { return document.getElementById("row").content.firstElementChild.cloneNode(true); }

  function changed() {
    dirty = true;
    renumber();
    form.dispatchEvent(new CustomEvent("rows"));
  }

  function act(what, line) {
    const body = form.querySelector("tbody");
    if (what === "add") {
      body.append(blank());
      renumber();
      body.lastElementChild.querySelector(FIELDS).focus();
      return;
    }
    if (what === "copy") {
      const copy = blank();
      const from = values(line);
      copy.querySelectorAll(FIELDS).forEach(function (field) { put(field, from[field.name] || ""); });
      line.after(copy);
      changed();
      copy.querySelector(FIELDS).focus();
      return;
    }
    const next = line.nextElementSibling || line.previousElementSibling;
    line.remove();
    if (!body.children.length) { body.append(blank()); }
    changed();
    (next || body.firstElementChild).querySelector(FIELDS).focus();
  }

  function put(field, text) {
    if (field.tagName === "SELECT" && text && !Array.from(field.options).some(function (one) { return one.value === text; })) {
      field.add(new Option(text, text));
    }
    field.value = text;
  }

  // A block of cells copied from a workbook fills the cells to the right and below.
  function paste(event) {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const start = event.target.closest("tbody tr");
    if (!start || !text.includes("\t") && (!text.includes("\n") || event.target.tagName === "TEXTAREA")) { return; }
    event.preventDefault();
    const column = Array.from(start.querySelectorAll(FIELDS)).indexOf(event.target);
    let line = start;
    text.split("\n").forEach(function (row, number) {
      if (number) {
        if (!line.nextElementSibling) { line.after(blank()); }
        line = line.nextElementSibling;
      }
      const fields = line.querySelectorAll(FIELDS);
      row.split("\t").forEach(function (cell, offset) {
        if (fields[column + offset]) { put(fields[column + offset], cell.trim()); }
      });
    });
    changed();
  }

  function fill() {
    decorate();
    form.addEventListener("input", function () { dirty = true; });
    form.addEventListener("click", function (event) {
      const button = event.target.closest("[data-do]");
      if (button) { act(button.dataset.do, button.closest("tr")); }
    });
    form.addEventListener("paste", paste);
    document.body.addEventListener("click", function (event) {
      const link = event.target.closest(".to-field");
      const item = link && link.closest("[data-field]");
      const line = item && filled()[Number(item.dataset.row)];
      const field = line && line.querySelector('[name="' + item.dataset.field + '"]');
      if (field) { event.preventDefault(); field.focus(); field.scrollIntoView({ block: "center", inline: "center" }); }
    });
    document.body.addEventListener("htmx:configRequest", function (event) {
      if (event.detail.elt !== form) { return; }
      if (isStopped()) { event.preventDefault(); return; }
      dirty = false;
      event.detail.parameters = { content: content(), seen: document.getElementById("seen").value };
      state("正在保存……", true);
    });
    document.body.addEventListener("htmx:beforeSwap", function (event) {
      const status = event.detail.xhr.status;
      if (event.detail.target.id === "panel" && (status === 409 || status === 422)) {
        event.detail.shouldSwap = true;
        event.detail.isError = false;
        dirty = true;
      }
    });
    document.body.addEventListener("htmx:afterSwap", decorate);
    ["htmx:responseError", "htmx:sendError"].forEach(function (kind) {
      document.body.addEventListener(kind, function (event) {
        if (event.detail.elt !== form) { return; }
        dirty = true;
        state("没有保存：" + (kind === "htmx:sendError" ? "连接中断，恢复后再改动一处或点“保存”" : "请点“保存”再试，不行就刷新页面"), false);
      });
    });
    window.addEventListener("beforeunload", function (event) { if (dirty) { event.preventDefault(); } });
  }

  // -------------------------------------------------------------------------------- files

  function send(path, query, file, item) {
    const bar = document.createElement("progress");
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name + " 上传进度");
    item.textContent = file.name + " ";
    item.append(bar);
    return new Promise(function (done) {
      function end(answer) {
        item.textContent = answer.problem || "";
        item.className = answer.problem ? "problem" : "";
        done(answer);
      }
      const request = new XMLHttpRequest();
      request.open("POST", path + "?" + new URLSearchParams(query));
      request.setRequestHeader("X-CSRF-Token", csrf);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.onprogress = function (event) { bar.value = event.loaded; };
      request.onerror = function () { end({ problem: "“" + file.name + "”没有传完：连接中断，请重新上传" }); };
      request.onload = function () {
        let answer = { problem: "“" + file.name + "”没有上传成功（" + request.status + "），请刷新页面后重试" };
        if ((request.getResponseHeader("Content-Type") || "").includes("json")) { answer = JSON.parse(request.responseText); }
        end(answer);
      };
      request.send(file);
    });
  }

  function collect(place) {
    const home = "/projects/" + place.dataset.project + "/evidence";
    const largest = Number(place.dataset.largest);

    function find(folder) {
      return Array.from(place.querySelectorAll("section")).find(function (one) { return one.dataset.folder === folder; });
    }

    function tell(folder, className) {
      const item = document.createElement("li");
      item.className = className;
      find(folder).querySelector(".uploads").append(item);
      return item;
    }

    // A folder is shown anew after each upload, so that it is looked up by its name each time.
    function refresh(folder, refused) {
      const target = find(folder);
      const pending = Array.from(target.querySelectorAll(".uploads li"));
      return window.htmx.ajax("GET", home + "/folder?" + new URLSearchParams({ name: folder }), { target: target, swap: "outerHTML" }).then(function () {
        find(folder).querySelector(".uploads").append(...pending.filter(function (item) { return item.textContent; }));
        refused.forEach(function (text) { tell(folder, "problem").textContent = text; });
        window.htmx.trigger(document.body, "saved");
      });
    }

    function add(folder, files, scanned) {
      const refused = [];
      Array.from(files).reduce(function (before, file) {
        return before.then(function () {
          if (file.size > largest) {
            refused.push("“" + file.name + "”超过大小上限，没有上传");
            return null;
          }
          const item = tell(folder, "");
          const query = { folder: folder, file: file.name, scanned: scanned && file.type !== "application/pdf" };
          return send(home, query, file, item).then(function (answer) {
            item.remove();
            if (answer.problem) { refused.push(answer.problem); }
          });
        });
      }, Promise.resolve()).then(function () { return refresh(folder, refused); });
    }

    function chosen(section, files) {
      const box = section.querySelector(".scanned");
      add(section.dataset.folder, files, Boolean(box && box.checked));
    }

    place.addEventListener("change", function (event) {
      if (event.target.type === "file") { chosen(event.target.closest("section"), event.target.files); }
    });
    place.querySelectorAll("input[type=file]").forEach(function (input) {
      if (input.files.length) { chosen(input.closest("section"), input.files); } // before this script was there
    });
    ["dragenter", "dragover", "dragleave", "drop"].forEach(function (kind) {
      place.addEventListener(kind, function (event) {
        const section = event.target.closest("section");
        if (!section || !section.querySelector(".uploads")) { return; }
        event.preventDefault();
        section.classList.toggle("over", kind === "dragenter" || kind === "dragover");
        if (kind === "drop") { chosen(section, event.dataTransfer.files); }
      });
    });
  }

  function take(place) {
    const said = document.getElementById("import-said");
    const input = document.getElementById("import-file");
    function chosen() {
      const file = input.files[0];
      input.value = "";
      if (!file || !window.confirm("用“" + file.name + "”换掉这个项目已填写的全部内容？证据不变。")) { return; }
      const item = document.createElement("p");
      said.replaceChildren(item);
      send("/projects/" + place.dataset.project + "/import", { file: file.name, version: place.dataset.version }, file, item).then(function (answer) {
        if (answer.problem) { return; }
        if (!answer.lost.length) { location.reload(); return; }
        item.className = "problem";
        item.textContent = "已导入；下面的内容没有读进来：\n" + answer.lost.join("\n") + "\n";
        const again = document.createElement("a");
        again.href = location.href;
        again.textContent = "知道了，看导入的内容";
        item.append(again);
      });
    }
    input.addEventListener("change", chosen);
    chosen(); // it may have been chosen before this script was there
  }

  if (form) { fill(); }
  document.querySelectorAll("#evidence").forEach(collect);
  document.querySelectorAll("#data-files").forEach(take);
})();
