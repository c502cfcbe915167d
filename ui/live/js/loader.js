// What Streamlit runs: finds our own route and hands over to the modules there. Called again at every change of data or theme.

/** The address of the app, also under a base path or behind a proxy: where the browser got Streamlit's own script from. */
function appRoot() {
  const script = document.querySelector('script[src*="static/js/index."]');
  return script ? new URL("../../", script.src) : new URL("./", document.baseURI);
}

/** The outbox of a component, as long as it stands. */
function outboxOf(parent, Outbox, send) {
  parent.layerlabOutbox ??= new Outbox(send);
  parent.layerlabOutbox.send = send;
  return parent.layerlabOutbox;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const base = appRoot();
  const modules = new URL(`live/js/${data.version}/`, base);
  let gone = false;
  let close = null;
  Promise.all([data.script, "outbox.js"].map((name) => import(new URL(name, modules).href))).then(([{ open }, { Outbox }]) => {
    if (gone) return;
    const outbox = outboxOf(parentElement, Outbox, (message) => setTriggerValue("said", message));
    outbox.heard(data.heard);
    close = open(parentElement, {
      ...data, base: base.href, trigger: (event, value) => outbox.put(event, value), waiting: (event) => outbox.waiting(event),
    });
  });
  return () => {
    gone = true;
    close?.();
    parentElement.layerlabOutbox?.close();
    delete parentElement.layerlabOutbox;
  };
}
