// What Streamlit runs: finds our own route and hands over to the modules there. Called again at every change of data or theme.

/** The address of the app, also under a base path or behind a proxy: where the browser got Streamlit's own script from. */
function appRoot() {
  const script = document.querySelector('script[src*="static/js/index."]');
  return script ? new URL("../../", script.src) : new URL("./", document.baseURI);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const base = appRoot();
  let gone = false;
  let close = null;
  import(new URL(`live/js/${data.version}/${data.script}`, base).href).then(({ open }) => {
    if (!gone) close = open(parentElement, { ...data, base: base.href, trigger: (name, value) => setTriggerValue(name, value) });
  });
  return () => {
    gone = true;
    close?.();
  };
}
