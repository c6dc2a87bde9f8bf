// The replay: what the record held at each step, and how the page shows it.
"use strict";
(() => {
  const record = JSON.parse(document.getElementById("record").textContent);
  const { words, parties, credits, marks, histories, cells, faces, points, sorts, kinds, standings } = record;
  const SHOWN = { open: 1, live: 2, base: 4 }, TRIMMED = { open: 8, live: 16, base: 32 }, BEFORE_LABEL = 64, UNMARKED = 128; // flags of a cell
  const PLACED = { open: 1, live: 2, base: 4, marked: 8 }, LABEL_STRUCK = 16, PARKED = 32; // flags of a face
  const find = (id) => document.getElementById(id);
  const make = (tag, name, text) => {
    const one = document.createElement(tag);
    if (name) one.className = name;
    if (text !== undefined) one.textContent = legible(text);
    return one;
  };
  // Control signs do nothing on a page; they are shown as what they are.
  const legible = (text) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g,
    (sign) => String.fromCharCode(sign === "\x7f" ? 0x2421 : 0x2400 + sign.charCodeAt(0)));
  const count = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

  // -- the record, folded once: for every thing the steps at which it changed, and what it then was

  const steps = record.steps.map((row) => ({
    first: row[0], last: row[1], acts: row[2], written: words[row[3]], happened: words[row[4]],
    who: words[row[5]], part: words[row[6]], behalf: row[7], meeting: words[row[8]],
    version: words[row[9]], issued: row[10], told: row[11], more: row[12], about: row[13],
    changed: new Set(row[14].map((change) => change[0])), open: row[18], inside: row[19],
    symbol: words[row[20]],
  }));
  const course = () => ({ at: [], was: [] });
  const put = (line, at, value) => { line.at.push(at); line.was.push(value); };
  const place = (line, at) => {
    let low = 0, high = line.at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (line.at[middle] <= at) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const latest = (line) => line.was[line.was.length - 1];
  const spliced = (before, change, from = 0) => {
    if (change.length <= from) return before;
    const [at, gone, come] = change.slice(from);
    return before.slice(0, at).concat(come, before.slice(at + gone));
  };
  const clauses = Array.from({ length: record.clauses }, course);
  const orders = course(), firsts = course(), opens = course();
  record.steps.forEach((row, at) => {
    for (const change of row[14]) {
      const line = clauses[change[0]], before = latest(line);
      put(line, at, { face: faces[change[1]], row: spliced(before ? before.row : [], change, 2) });
    }
    [[orders, 15], [firsts, 16], [opens, 17]].forEach(([line, field]) => {
      if (row[field].length || !at) put(line, at, spliced(latest(line) || [], row[field]));
    });
  });
  const before = (line, at) => line.was[place(line, at)];
  const stepOf = (entry) => {
    let low = 0, high = steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps[middle].last < entry) low = middle + 1; else high = middle;
    }
    return low;
  };
  const stopsBy = {
    act: steps.map((_, at) => at),
    meeting: steps.map((_, at) => at).filter((at) => !steps[at + 1] || steps[at + 1].meeting !== steps[at].meeting),
    version: steps.map((_, at) => at).filter((at) => steps[at].version || at === steps.length - 1),
  };

  // -- what is shown now

  let here = steps.length - 1, reading = record.reading, by = "act", party = -1, named = record.named;
  let chosen = 0, playing = 0;

  // -- words about hands

  const when = (iso) => iso.replace("T", " ").replace(/:\d\d(\.\d+)?(?=[+Z-]|$)/, "").replace(/\+00:00$|Z$/, " UTC");
  const namesOf = (row) => row.map((one) => words[parties[one][1]]).join(", ");
  const ROLES = { Chair: "the Chair", Secretariat: "the Secretariat", Editor: "the editor", "The page": "the page", "A delegation": "a delegation" };
  const handOf = (entry) => {
    const step = steps[stepOf(entry)];
    const told = step && step.first <= entry ? (named ? step.who : step.part) : "";
    const [role] = told.split(" (");
    return `${told ? told.replace(role, ROLES[role] || role) : "somebody"}, ${step ? when(step.written) : ""} (entry ${entry})`;
  };
  const creditOf = (one) => {
    const [symbol, , sponsors] = credits[one];
    const whose = namesOf(sponsors);
    if (!named) return "a proposal";
    return words[symbol] ? words[symbol] + (whose ? ` (${whose})` : "") : whose || "a proposal";
  };
  const touch = (verb, mark) => {
    const [entry, credit, fates] = marks[mark];
    const whose = credit >= 0 ? ` for ${creditOf(credit)}` : "";
    const later = fates.filter((fate) => fate[0] !== entry);
    const standing = fates.length ? standings[fates[fates.length - 1][1]] : "pending";
    const decided = later.length
      ? later.map((fate) => `${standings[fate[1]]} by ${handOf(fate[0])}`).join("; ")
      : standing === "pending" ? "not decided yet" : standing;
    return [`${verb} by ${handOf(entry)}${whose}.`, `${decided[0].toUpperCase()}${decided.slice(1)}.`];
  };
  const blameOf = (history) => {
    const [whence, mark, strikes, merged] = histories[history];
    const told = whence === 0 ? ["Base: these words were there before the negotiation."]
      : whence === 1 ? ["Presumed base: the received page does not tell where these words come from."]
        : touch("Put in", mark);
    for (const strike of strikes) told.push(...touch("Struck", strike));
    if (merged.length) told.push(`With words of ${merged.map(creditOf).join("; ")}.`);
    return told;
  };
  let openNow = new Map(); // the open points of the step shown, in the order of the text
  const pointOf = (thing) => openNow.get(thing);
  const holdersOf = (point) => {
    const [, , , , , , holders, sponsors, , , , , wordings] = point;
    if (holders.length) return named ? `held by ${namesOf(holders)}` : "held by a delegation";
    const theirs = new Set([...sponsors, ...wordings.flatMap((one) => one[5])]);
    if (!theirs.size) return "";
    return named ? `proposed by ${namesOf([...theirs])}` : "proposed by a delegation";
  };
  const ageOf = (point) => {
    const since = steps[stepOf(point[9])];
    const age = since ? steps[here].acts - since.acts : 0;
    return `since entry ${point[9]}, ${age ? `${count(age, "act")} ago` : "new"}`;
  };
  const aboutPoint = (point) => [
    `${point[1] && words[point[1]] === "proposal" ? "Undecided proposal" : `Bracket, ${words[point[1]]}`}${holdersOf(point) ? `, ${holdersOf(point)}` : ""}.`,
    ...(words[point[8]] ? [`Status: ${words[point[8]]}.`] : []),
    `Open ${ageOf(point)}${since(point)}.`,
  ];
  const since = (point) => { const one = steps[stepOf(point[9])]; return one ? `, ${when(one.written)}` : ""; };

  // -- whose words

  const theirs = (history) => {
    const [, mark, strikes, merged] = histories[history];
    const of = (one) => (marks[one][1] >= 0 && credits[marks[one][1]][2].includes(party)) || behalfOf(marks[one][0]) === party;
    return (mark >= 0 && of(mark)) || strikes.some(of) || merged.some((one) => credits[one][2].includes(party));
  };
  const behalfOf = (entry) => { const step = steps[stepOf(entry)]; return step && step.first <= entry ? step.behalf : -1; };
  const theirPoint = (point) => [point[6], point[7], ...point[12].map((one) => one[5])].some((row) => row.includes(party));

  // -- one clause

  const LOOKS = {
    plain: ["span", "plain"], inserted: ["ins", ""], "inserted, kept": ["ins", "kept"], struck: ["del", ""], gone: ["del", "gone"],
  };
  const drawWord = (cell, fresh, bright) => {
    const [text, sort, flags, history] = cell;
    let [tag, name] = LOOKS[sorts[sort]];
    if (reading === "base" || reading === "live" || (reading === "open" && name === "kept")) { tag = "span"; name = name === "kept" ? "kept" : "plain"; }
    const [, mark, strikes] = histories[history];
    const said = words[text], step = steps[here];
    const one = make(tag, `word ${name}`, flags & (TRIMMED[reading] ?? 0) ? said.slice(1) : said);
    one.dataset.history = history;
    if (mark >= 0 || strikes.length) one.tabIndex = -1;
    const entries = [mark, ...strikes].filter((each) => each >= 0).flatMap((each) => [marks[each][0], ...marks[each][2].map((fate) => fate[0])]);
    if (fresh && entries.some((entry) => step.first <= entry && entry <= step.last)) one.classList.add("fresh");
    if (party >= 0 && !bright && !theirs(history)) one.classList.add("dim");
    return one;
  };
  const drawSign = (cell, bright) => {
    const one = make("span", "sign", words[cell[0]]);
    one.dataset.point = cell[3];
    one.tabIndex = -1;
    one.setAttribute("role", "button");
    one.setAttribute("aria-label", `${sorts[cell[1]]}, open point`);
    if (party >= 0 && !bright) one.classList.add("dim");
    return one;
  };
  const inReading = (cell) => (reading === "marked" ? !(cell[2] & UNMARKED) : (cell[2] & SHOWN[reading]) !== 0);
  const fill = (node, state, fresh, number) => {
    const [, label, baseLabel, flags, agreed, rivals] = state.face;
    const row = make("span", "row"), said = words[reading === "base" ? baseLabel : label];
    const held = new Set();
    const bright = () => held.size > 0;
    if (party >= 0) {
      for (const point of openNow.values()) {
        if (point[5].length > 1 && point[5].includes(number) && theirPoint(point)) held.add("all");
      }
    }
    const drawn = (cell) => {
      if (!sorts[cell[1]].startsWith("bracket")) return drawWord(cell, fresh, bright());
      const point = pointOf(cell[3]), mine = point && party >= 0 && theirPoint(point);
      if (mine && sorts[cell[1]] === "bracket opens") held.add(cell[3]);
      const one = drawSign(cell, bright());
      if (mine && sorts[cell[1]] === "bracket closes") held.delete(cell[3]);
      return one;
    };
    const own = state.row.map((one) => cells[one]).filter(inReading);
    const opening = own.filter((cell) => cell[2] & BEFORE_LABEL), rest = own.filter((cell) => !(cell[2] & BEFORE_LABEL));
    const lead = make("span", "label");
    opening.forEach((cell) => lead.append(drawn(cell)));
    if (said) {
      const sign = reading === "marked" && flags & LABEL_STRUCK ? make("del", "gone", said) : make("span", "", said);
      if (party >= 0) sign.classList.add("dim");
      lead.append(sign);
    }
    if (lead.childNodes.length) row.append(lead);
    const body = make("span", "words");
    rest.forEach((cell) => body.append(drawn(cell)));
    row.append(body);
    const nested = [...node.children].filter((one) => one.tagName === "OL");
    node.replaceChildren();
    const whole = rivals.filter((one) => one[2]);
    if (reading !== "base" && whole.length) {
      const [, order, , symbol, sponsors] = whole[0];
      const whose = named ? [words[symbol], namesOf(sponsors)].filter(Boolean).join(", ") : "";
      node.append(make("span", "rival-name", `Alternative ${order}${whose ? ` · ${whose}` : ""}`));
    }
    node.append(row);
    if (reading !== "base") {
      if (agreed) row.append(make("span", "stands", `agreed: ${words[agreed]}`));
      if (flags & PARKED) row.append(make("span", "stands", "set aside"));
    }
    node.append(...nested);
    node.classList.toggle("bare", !said);
  };

  // -- the whole text: nodes stay from step to step, and only what differs is drawn anew

  const text = find("text"), nodes = new Map();
  let built = "";
  const tagOf = (kind, level) => kind === "title" ? "h1" : kind === "subject" ? "p"
    : kind === "heading" ? `h${Math.min(4, 2 + level)}` : kind === "item" || kind === "paragraph" ? "li" : "p";
  const nodeOf = (number, kind, level) => {
    const tag = tagOf(kind, level), known = nodes.get(number);
    if (known && known.tag === tag && known.kind === kind) return known;
    const node = make(tag, `clause ${kind}`);
    node.dir = "auto";
    node.dataset.clause = number;
    const one = { node, tag, kind, drawn: "" };
    nodes.set(number, one);
    return one;
  };
  const visible = () => {
    const levels = new Map(), placed = [];
    const order = before(orders, here);
    for (let at = 0; at < order.length; at += 2) { levels.set(order[at], order[at + 1]); placed.push(order[at]); }
    return (reading === "base" ? before(firsts, here) : placed)
      .map((number) => ({ number, level: levels.get(number), at: place(clauses[number], here) }))
      .filter((one) => one.at >= 0)
      .map((one) => ({ ...one, state: clauses[one.number].was[one.at] }))
      .filter((one) => one.state.face[3] & PLACED[reading]);
  };
  const drawText = () => {
    const shown = visible(), step = steps[here];
    const shape = shown.map(({ number, level, state }) => `${number}.${level}.${state.face[0]}.${rivalOf(state)}`).join();
    if (shape !== built) { build(shown); built = shape; }
    const freshly = step.changed, few = step.about.length <= 12;
    for (const { number, level, at, state } of shown) {
      const one = nodeOf(number, kinds[state.face[0]], level);
      const fresh = few && freshly.has(number);
      const drawn = `${at} ${reading} ${named} ${fresh ? here : ""} ${party} ${party >= 0 ? here : ""}`;
      if (one.drawn !== drawn) { fill(one.node, state, fresh, number); one.drawn = drawn; }
      one.node.classList.toggle("changed", few && step.about.includes(number));
    }
    rove();
  };
  const rivalOf = (state) => {
    const whole = state.face[5].find((one) => one[2]);
    return whole && reading !== "base" ? whole[0] : 0;
  };
  const build = (shown) => {
    const top = document.createDocumentFragment();
    // Lists of the shape before are taken out of the items that held them.
    for (const { node } of nodes.values()) [...node.children].forEach((one) => { if (one.tagName === "OL") one.remove(); });
    let lists = []; // the lists that are open, the deepest last: [level, list, last item]
    let group = null; // the group of wordings that is open
    const close = () => { lists = []; };
    for (const { number, level, state } of shown) {
      const kind = kinds[state.face[0]], { node, tag } = nodeOf(number, kind, level), rival = rivalOf(state);
      if (group && group.point !== rival) { group = null; close(); }
      if (rival && !group) {
        close();
        const box = make("div", "rivals");
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", "Alternative wordings");
        top.append(box);
        group = { point: rival, box };
      }
      const into = group ? group.box : top;
      if (tag !== "li") { close(); into.append(node); continue; }
      while (lists.length && lists[lists.length - 1].level > level) lists.pop();
      let list = lists[lists.length - 1];
      if (!list || list.level < level) {
        const one = make("ol", "list");
        one.setAttribute("role", "list");
        if (list) list.item.append(one); else into.append(one);
        list = { level, list: one, item: null };
        lists.push(list);
      }
      list.list.append(node);
      list.item = node;
    }
    text.replaceChildren(top);
  };

  // -- keyboard within the text: one stop for the Tab key, n and p from there

  const stopsInText = () => [...text.querySelectorAll(".word[tabindex], .sign")];
  const rove = () => {
    const all = stopsInText();
    if (all.length && !all.some((one) => one.tabIndex === 0)) all[0].tabIndex = 0;
  };
  const moveInText = (way) => {
    const all = stopsInText();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    let to = at + way;
    if (at < 0) {
      const top = find("text").getBoundingClientRect().top < 0 ? 80 : 0;
      const first = all.findIndex((one) => one.getBoundingClientRect().top >= top);
      to = first < 0 ? 0 : first;
    }
    const one = all[(to + all.length) % all.length];
    all.forEach((each) => { each.tabIndex = each === one ? 0 : -1; });
    one.focus();
  };

  // -- blame: on hover, on tap and on focus

  const bubble = find("blame");
  let blamed = null;
  const showBlame = (target) => {
    let told = [];
    if (target.dataset.history) told = blameOf(Number(target.dataset.history));
    else if (target.dataset.point) { const point = pointOf(Number(target.dataset.point)); told = point ? aboutPoint(point) : ["Bracket."]; }
    if (!told.length) return;
    hideBlame();
    bubble.replaceChildren(...told.map((line) => make("p", "", line)));
    bubble.hidden = false;
    const box = target.getClientRects()[0] || target.getBoundingClientRect();
    const own = bubble.getBoundingClientRect();
    const left = Math.max(12, Math.min(box.left, document.documentElement.clientWidth - own.width - 12));
    const above = box.top - own.height - 8;
    bubble.style.left = `${left + window.scrollX}px`;
    bubble.style.top = `${(above > 8 ? above : box.bottom + 8) + window.scrollY}px`;
    target.setAttribute("aria-describedby", "blame");
    blamed = target;
  };
  const hideBlame = () => {
    bubble.hidden = true;
    if (blamed) blamed.removeAttribute("aria-describedby");
    blamed = null;
  };
  const blameable = (event) => event.target.closest ? event.target.closest("[data-history], [data-point]") : null;
  text.addEventListener("mouseover", (event) => { const one = blameable(event); if (one) showBlame(one); });
  text.addEventListener("mouseout", (event) => { if (blameable(event) && blamed !== document.activeElement) hideBlame(); });
  text.addEventListener("focusin", (event) => { const one = blameable(event); if (one) showBlame(one); });
  text.addEventListener("focusout", hideBlame);
  text.addEventListener("click", (event) => {
    const one = blameable(event);
    if (!one) return hideBlame();
    if (one.dataset.point) choose(Number(one.dataset.point), "list");
    showBlame(one);
  });

  // -- what was done

  const TOLD_AT_ONCE = 4;
  const drawCaption = () => {
    const step = steps[here], told = find("told");
    const entries = step.first === step.last ? `Entry ${step.first}` : `Entries ${step.first}–${step.last}`;
    find("step-name").textContent = entries + (step.version ? ` · ${step.version} ${step.issued ? "is issued" : "comes in"}` : "");
    const where = [when(step.written), step.meeting].filter(Boolean).join(" · ");
    const line = make("p", "when", where + (step.happened ? ` (happened ${when(step.happened)})` : ""));
    const list = make("ul"), rest = make("details"), further = make("ul");
    step.told.forEach(([entry, withNames, without, warned], index) => {
      const item = make("li");
      item.append(make("span", "entry", String(entry)), sentence(withNames, without));
      if (warned) item.append(" ", make("strong", "warning", `! ${words[warned]}`));
      (index < TOLD_AT_ONCE ? list : further).append(item);
    });
    if (further.children.length) {
      rest.append(make("summary", "", `And ${step.told.length - TOLD_AT_ONCE + step.more} more`), further);
      if (step.more) further.append(make("li", "nothing", `… and ${step.more} more, which the record tells.`));
    }
    if (!step.told.length) list.append(make("li", "nothing", "What was done here is not for every reader."));
    told.replaceChildren(line, list, ...(further.children.length ? [rest] : []));
    const first = step.told[0];
    const more = step.told.length - 1 + step.more;
    find("live").textContent = `${entries}. ${first ? legible(saying(first[1], first[2])) : ""}${more > 0 ? ` And ${more} more.` : ""} ${count(step.open, "open point")}.`;
    find("print-line").textContent = [step.symbol || record.symbol || record.title, `entry ${step.last}`, when(step.written), `${reading} reading`].filter(Boolean).join(" · ");
  };
  const saying = (withNames, without) => words[named && withNames ? withNames : without];
  const sentence = (withNames, without) => make("span", "", saying(withNames, without));

  // -- what is open

  const brief = (said, most = 110) => said.length > most ? `${said.slice(0, most - 30).trimEnd()} … ${said.slice(-24).trimStart()}` : said;
  const drawPoints = () => {
    const shown = [...openNow.values()];
    find("open-name").textContent = shown.length ? count(shown.length, "open point") : "Nothing is open";
    find("points").replaceChildren(...shown.map((point, index) => {
      const [thing, kind, where, said, struck, , , , status, , parked, until, wordings] = point;
      const item = make("li"), button = make("button"), rest = make("span");
      button.type = "button";
      button.dataset.thing = thing;
      button.setAttribute("aria-expanded", String(thing === chosen));
      const signed = (sign, one) => words[one].trim() ? `${sign}“${brief(words[one].replace(/\s+/g, " ").trim())}”` : "";
      const changes = [signed("− ", struck), signed("+ ", said)].filter(Boolean).join(" ");
      const quoted = words[kind] === "proposal" ? changes : signed("", said) || signed("", struck);
      const about = [holdersOf(point), words[status], parked || until ? `set aside${named && parked ? `, ${words[parked]} brings it back` : ""}${until ? ` until ${words[until]}` : ""}` : "", ageOf(point)];
      rest.append(make("span", "place", words[where]));
      if (quoted) rest.append(" ", make("span", "quoted", quoted));
      rest.append(make("span", "held", about.filter(Boolean).join(" · ")));
      button.append(make("span", "number", String(index + 1)), rest);
      button.addEventListener("click", () => choose(thing === chosen ? 0 : thing, "text"));
      item.append(button);
      if (thing === chosen && (wordings.length > 1 || words[kind] === "proposal")) {
        const list = make("dl");
        for (const [order, each, , sort, symbol, sponsors] of wordings) {
          const whose = named ? [words[symbol], namesOf(sponsors)].filter(Boolean).join(", ") : words[sort];
          list.append(make("dt", "", `${order}${whose ? ` · ${whose}` : ""}`), make("dd", "", words[kind] === "proposal" ? changes : words[each] || "(no words)"));
        }
        item.append(list);
      }
      if (party >= 0 && !theirPoint(point)) item.classList.add("dim");
      return item;
    }));
  };
  const choose = (thing, scroll) => {
    chosen = thing;
    drawPoints();
    mark();
    const point = thing && pointOf(thing);
    if (!point) return;
    if (scroll === "list") {
      const one = find("points").querySelector(`[data-thing="${thing}"]`);
      if (one) one.scrollIntoView({ block: "nearest" });
    } else {
      const sign = text.querySelector(`.sign[data-point="${thing}"]`);
      const node = sign || (nodes.get(point[5][0]) || {}).node;
      if (node && node.isConnected) node.scrollIntoView({ block: "center" });
      const one = find("points").querySelector(`[data-thing="${thing}"]`);
      if (one) one.focus({ preventScroll: true });
    }
  };
  const mark = () => {
    text.querySelectorAll(".chosen").forEach((one) => one.classList.remove("chosen"));
    if (!chosen) return;
    const signs = text.querySelectorAll(`.sign[data-point="${chosen}"]`);
    signs.forEach((one) => one.classList.add("chosen"));
    const point = pointOf(chosen);
    if (!signs.length && point) point[5].forEach((number) => { const one = nodes.get(number); if (one) one.node.classList.add("chosen"); });
  };

  // -- steps

  const slider = find("slider");
  const stopBefore = () => { const stops = stopsBy[by]; let at = stops.length - 1; while (at > 0 && stops[at] > here) at -= 1; return at; };
  const drawTime = () => {
    const step = steps[here], stops = stopsBy[by];
    slider.max = stops.length - 1;
    slider.value = stopBefore();
    const first = step.told[0];
    slider.setAttribute("aria-valuetext", `entry ${step.last}, ${when(step.written)}${first ? `: ${legible(saying(first[1], first[2]))}` : ""}`);
    const x = (here + 0.5) / steps.length * 1000;
    find("here").setAttribute("x1", x);
    find("here").setAttribute("x2", x);
    find("count-points").textContent = count(step.open, "open point");
    find("count-words").textContent = `${count(step.inside, "word")} in brackets or undecided`;
    find("back").disabled = find("first").disabled = here === 0;
    find("on").disabled = find("last").disabled = here === steps.length - 1;
  };
  let addressing = 0;
  // Once one stays: browsers let a page write its address so often and no more.
  const address = (entry) => { try { history.replaceState(null, "", `#${entry}`); } catch { /* nor may a page in some frames */ } };
  const go = (to, { scroll = true, hash = true } = {}) => {
    here = Math.max(0, Math.min(steps.length - 1, to));
    openNow = new Map(before(opens, here).map((one) => [points[one][0], points[one]]));
    hideBlame();
    drawText();
    drawCaption();
    drawPoints();
    drawTime();
    mark();
    const step = steps[here];
    if (scroll && step.about.length && step.about.length <= 12) {
      const first = text.querySelector(".changed");
      if (first) {
        const box = first.getBoundingClientRect(), low = find("slider").closest("footer").getBoundingClientRect().top;
        if (box.top < 60 || box.bottom > low - 10) first.scrollIntoView({ block: "center" });
      }
    }
    text.dataset.entry = step.last;
    clearTimeout(addressing);
    if (hash) addressing = setTimeout(() => address(step.last), 200);
  };
  const move = (way) => {
    const stops = stopsBy[by];
    const next = way > 0 ? stops.find((at) => at > here) : [...stops].reverse().find((at) => at < here);
    if (next !== undefined) go(next);
    return next !== undefined;
  };
  const stepBy = (what) => {
    by = what;
    document.querySelectorAll('input[name="by"]').forEach((one) => { one.checked = one.value === what; });
    drawTime();
  };
  const play = (on) => {
    clearInterval(playing);
    playing = on ? setInterval(() => { if (!move(1)) play(false); }, 1200) : 0;
    find("play").textContent = on ? "Pause" : "Play";
    find("play").setAttribute("aria-pressed", String(Boolean(on)));
  };
  const startOrStop = () => { if (!playing && here === steps.length - 1) go(0); play(!playing); };

  slider.addEventListener("input", () => go(stopsBy[by][Number(slider.value)]));
  find("burn-down").addEventListener("click", (event) => {
    const box = find("burn-down").getBoundingClientRect();
    go(Math.floor((event.clientX - box.left) / box.width * steps.length));
  });
  find("first").addEventListener("click", () => go(0));
  find("last").addEventListener("click", () => go(steps.length - 1));
  find("back").addEventListener("click", () => move(-1));
  find("on").addEventListener("click", () => move(1));
  find("play").addEventListener("click", startOrStop);
  document.querySelectorAll('input[name="by"]').forEach((one) => one.addEventListener("change", () => stepBy(one.value)));
  document.querySelectorAll('input[name="reading"]').forEach((one) => {
    one.checked = one.value === reading;
    one.addEventListener("change", () => { reading = one.value; go(here, { scroll: false }); });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.tagName === "SELECT") return;
    const radio = event.target.type === "radio", range = event.target === slider;
    const keys = {
      ArrowLeft: () => radio || range || move(-1), ArrowRight: () => radio || range || move(1),
      Home: () => range || go(0), End: () => range || go(steps.length - 1),
      a: () => stepBy("act"), m: () => stepBy("meeting"), v: () => stepBy("version"),
      n: () => moveInText(1), p: () => moveInText(-1),
      Escape: () => { hideBlame(); if (chosen) choose(0); },
      " ": () => (event.target.closest("button, input, [role=button]") ? true : startOrStop()),
      Enter: () => { if (event.target.dataset && event.target.dataset.point) choose(Number(event.target.dataset.point), "list"); else return true; return false; },
    };
    const done = keys[event.key];
    if (done && done() !== true) event.preventDefault();
  });

  // -- who is named, light and dark, the way in

  const picker = find("party");
  parties.map(([code, name], place) => ({ code: words[code], name: words[name], place }))
    .sort((one, other) => one.name.localeCompare(other.name))
    .forEach(({ code, name, place: at }) => {
      const option = make("option", "", name === code ? code : `${name} (${code})`);
      option.value = at;
      picker.append(option);
    });
  picker.addEventListener("change", () => { party = Number(picker.value); go(here, { scroll: false }); });
  const showNames = (on) => {
    named = on;
    find("names").setAttribute("aria-pressed", String(on));
    picker.closest(".pick").hidden = !on || !parties.length;
    if (!on && party >= 0) { party = -1; picker.value = "-1"; }
    go(here, { scroll: false });
  };
  find("names").addEventListener("click", () => showNames(!named));
  find("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  const fromAddress = () => {
    const entry = Number(location.hash.slice(1));
    return Number.isInteger(entry) && entry > 0 ? Math.min(stepOf(entry), steps.length - 1) : null;
  };
  addEventListener("hashchange", () => { const at = fromAddress(); if (at !== null && at !== here) go(at, { hash: false }); });

  if (!steps.length) { text.append(make("p", "nothing", "Nothing is on the record yet.")); return; }
  if (!record.named) document.querySelectorAll(".named").forEach((one) => { one.hidden = true; });
  if (!parties.length) picker.closest(".pick").hidden = true;
  const asked = fromAddress();
  if (asked !== null) here = asked;
  go(here, { scroll: asked !== null, hash: false });
})();
