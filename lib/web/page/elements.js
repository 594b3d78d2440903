// SPDX-License-Identifier: MIT
// The page of `kubectl profefe web`: plain script without a framework. The build
// puts its files behind one another, in the order of page/assets.cmake.
"use strict";

// Making elements. What a profile says is only ever text: nothing here parses HTML.

const $ = (id) => document.getElementById(id);

function set(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on") || name === "value" || name === "checked") element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) set(element, name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function makeSvg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes ?? {})) set(element, name, value);
  element.append(...children.flat());
  return element;
}

// For readers who do not see the page.
function say(text) {
  $("said").textContent = text;
}

function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

// A function's name is seldom a regular expression for itself: `(*conn).serve`
// shall be found too, so the plain text counts as well.
function matcher(query) {
  if (!query) return () => true;
  const plain = query.toLowerCase();
  let regex = null;
  try {
    regex = new RegExp(query, "i");
  } catch { /* not finished, or meant as text */ }
  return (text) => text.toLowerCase().includes(plain) || Boolean(regex?.test(text));
}

// One menu is open at a time. It lies in the page's top layer, below its button
// or where the mouse was.
function openMenu(content, { button = null, x = 0, y = 0, label }) {
  const menu = make("div", { class: "popup", popover: "auto", "aria-label": label, role: "dialog" }, content);
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    button?.setAttribute("aria-expanded", "false");
    const lost = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (lost) button?.focus();
  });
  menu.onkeydown = moveInMenu;
  document.body.append(menu);
  menu.showPopover();
  const box = button?.getBoundingClientRect() ?? { left: x, bottom: y, top: y };
  const { offsetWidth: width, offsetHeight: height } = menu;
  menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  const below = box.bottom + 4;
  menu.style.top = `${below + height <= innerHeight ? below : Math.max(8, innerHeight - height - 8)}px`;
  button?.setAttribute("aria-expanded", "true");
  menu.querySelector("[autofocus], a[href], button:enabled, input, select")?.focus();
  return menu;
}

function closeMenu() {
  for (const menu of document.querySelectorAll(".popup:popover-open")) menu.hidePopover();
}

function moveInMenu(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("input, select")) return;
  const items = [...event.currentTarget.querySelectorAll("a[href], button:enabled")];
  const at = items.indexOf(document.activeElement) + step;
  items.at(at < 0 ? -1 : at % items.length)?.focus();
  event.preventDefault();
}

function menuButton(button, label, content) {
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  // Pressing the button of an open menu closes it, before the click comes.
  let wasOpen = false;
  button.onpointerdown = () => { wasOpen = button.getAttribute("aria-expanded") === "true"; };
  button.onclick = () => {
    if (!wasOpen) openMenu(content(), { button, label });
    wasOpen = false;
  };
}

function openDialog(title, ...content) {
  const dialog = $("dialog");
  dialog.replaceChildren(make("h2", { id: "dialog-title" }, title), ...content);
  if (!dialog.open) dialog.showModal();
  return dialog;
}

function closeDialog() {
  $("dialog").close();
}
