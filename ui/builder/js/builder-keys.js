// The keyboard: arrows go from layer to layer, Alt and an arrow move one, letters add, double and remove.

/** What the help lists: keys and what they do. */
export const KEYS = [
  ["↑ ↓", "go from layer to layer"],
  ["A", "add a layer after this one"],
  ["Enter", "edit its settings; Esc comes back"],
  ["Alt + ↑ ↓", "move it"],
  ["Ctrl + D", "duplicate it"],
  ["Delete", "remove it"],
  ["← →", "fold and unfold a block"],
  ["F", "take the offered fix"],
  ["S", "start from a known network"],
  ["Ctrl + Z, Ctrl + Shift + Z", "undo, redo"],
];

/** Undo, redo everywhere in the editor; the rest only while a row (not one of its fields) has the focus. */
export function onkey(event, editor) {
  const { key, altKey, shiftKey } = event;
  const control = event.ctrlKey || event.metaKey;
  const letter = key.toLowerCase();
  if (event.target.closest("[popover]")) return;
  if (control && !altKey && (letter === "z" || letter === "y")) {
    editor.rows.settle();
    return done(event, () => editor.command({ do: letter === "y" || shiftKey ? "redo" : "undo" }));
  }
  const line = event.target.closest(".lb-line");
  const onRow = event.target === line || event.target === editor.rows.list;
  if (line && !onRow && key === "Escape") return done(event, () => editor.rows.focus());
  if (!onRow) return undefined;
  if (altKey && !control) return ALT[key] && done(event, () => ALT[key](editor));
  if (control) return letter === "d" ? done(event, () => editor.duplicate()) : undefined;
  const action = PLAIN[key] ?? (shiftKey ? undefined : PLAIN[letter]);
  return action && done(event, () => action(editor));
}

const ALT = { ArrowUp: (editor) => editor.move(-1), ArrowDown: (editor) => editor.move(1) };

const PLAIN = {
  ArrowUp: (editor) => editor.rows.go(-1),
  ArrowDown: (editor) => editor.rows.go(1),
  Home: (editor) => editor.rows.go(-Infinity),
  End: (editor) => editor.rows.go(Infinity),
  ArrowLeft: (editor) => sideways(editor, true),
  ArrowRight: (editor) => sideways(editor, false),
  Enter: (editor) => editor.rows.edit(),
  Delete: (editor) => editor.remove(),
  Backspace: (editor) => editor.remove(),
  a: (editor) => editor.toolbar.openAdd(),
  s: (editor) => editor.toolbar.openStart(),
  f: (editor) => editor.props.problem?.fix && editor.command({ do: "fix", title: editor.props.problem.fix }),
  "?": (editor) => editor.toolbar.openKeys(),
};

function sideways(editor, fold) {
  const row = editor.row();
  if (!row) return;
  const inside = row.path.length === 2;
  if (row.block) editor.fold(row.id, fold);
  else if (fold && inside) editor.rows.pick(editor.props.rows.find((block) => block.block && block.path[0] === row.path[0]).id);
}

function done(event, action) {
  event.preventDefault();
  event.stopPropagation();
  action();
}
