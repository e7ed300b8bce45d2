// Uploads with progress, live progress of checks, questions before what cannot be undone. Everything else is plain pages and htmx.
// Runs before the page is shown: no button may be pressed without its question.
(function () {
  "use strict";

  document.addEventListener("submit", function (event) {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) { event.preventDefault(); }
  });

  function upload(form) {
    const list = form.querySelector(".uploads");
    const drop = form.querySelector("[data-drop]");
    const input = form.querySelector("input[type=file]");
    const largest = Number(form.dataset.largest);

    function send(file) {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const bar = document.createElement("progress");
      const said = document.createElement("span");
      name.textContent = file.name + " ";
      bar.max = file.size || 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name + " 上传进度");
      item.append(name, bar, said);
      list.append(item);
      function end(text, good) {
        bar.remove();
        said.textContent = text;
        said.className = good ? "good" : "problem";
      }
      // An archive of several packages has an entry for each, and for every file that belongs to none.
      function arrived(parts) {
        const taken = parts.filter(function (part) { return part.href; });
        if (parts.length > 1) { end("其中有 " + taken.length + " 份申报" + (parts.length > taken.length ? "，" + (parts.length - taken.length) + " 个文件没有收下" : ""), true); }
        parts.forEach(function (part) {
          let place = said;
          if (parts.length > 1) {
            const inner = document.createElement("li");
            place = document.createElement("span");
            inner.className = "part";
            inner.append(part.file + " ", place);
            list.append(inner);
          }
          place.className = part.problem ? "problem" : "good";
          place.textContent = part.problem || (part.duplicate ? "以前传过同一个文件：" : "已收到，正在审查：");
          if (part.problem) { return; }
          const link = document.createElement("a");
          link.href = part.href;
          link.textContent = "查看";
          place.append(link);
        });
        bar.remove();
      }
      if (file.size > largest) {
        end("超过大小上限，没有上传", false);
        return Promise.resolve();
      }
      const query = new URLSearchParams({ file: file.name });
      for (const field of form.querySelectorAll("[name]:not([type=file])")) {
        query.set(field.name, field.value);
      }
      return new Promise(function (done) {
        const request = new XMLHttpRequest();
        request.open("POST", form.dataset.action + "?" + query);
        request.setRequestHeader("X-CSRF-Token", document.body.dataset.csrf);
        request.setRequestHeader("Content-Type", "application/octet-stream");
        request.upload.onprogress = function (event) { bar.value = event.loaded; };
        request.upload.onload = function () { said.textContent = "已传完，正在收存……"; };
        request.onerror = function () { end("连接中断，请重新上传", false); done(); };
        request.onload = function () {
          let answer = {};
          try { answer = JSON.parse(request.responseText); } catch (error) { answer = { problem: "没有上传成功（" + request.status + "），请刷新页面后重试" }; }
          if (request.status >= 300 || answer.problem) {
            end(answer.problem || "没有上传成功，请刷新页面后重试", false);
          } else {
            arrived(answer.parts);
          }
          done();
        };
        request.send(file);
      });
    }

    // Files stay chosen until the form is filled in, and may have been chosen before this script was there.
    function sendChosen() {
      if (!input.files.length || !form.reportValidity()) { return; }
      Array.from(input.files).reduce(function (before, file) { return before.then(function () { return send(file); }); }, Promise.resolve());
      input.value = "";
    }

    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("change", sendChosen);
    sendChosen();
    ["dragenter", "dragover"].forEach(function (kind) {
      drop.addEventListener(kind, function (event) { event.preventDefault(); drop.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (kind) {
      drop.addEventListener(kind, function (event) { event.preventDefault(); drop.classList.remove("over"); });
    });
    drop.addEventListener("drop", function (event) {
      input.files = event.dataTransfer.files;
      sendChosen();
    });
  }

  function follow(place) {
    const source = new EventSource(place.dataset.progress);
    source.onmessage = function (event) { place.textContent = event.data; };
    source.addEventListener("end", function () { source.close(); location.reload(); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("form#upload").forEach(upload);
    document.querySelectorAll("[data-progress]").forEach(follow);
  });
})();
