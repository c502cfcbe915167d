// Plotly, loaded once, after the first paint: it is 4.7 MB that the first picture does not need.

let loading = null;

/** Resolves with Plotly. `base` is the address of the app's root. */
export function loadPlotly(base) {
  loading ??= new Promise((resolve, reject) => {
    if (window.Plotly) {
      resolve(window.Plotly);
      return;
    }
    const script = document.createElement("script");
    script.src = new URL("live/plotly.min.js", base).href;
    script.async = true;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      loading = null; // the next view tries again
      script.remove();
      reject(new Error("The chart library could not be loaded."));
    };
    requestAnimationFrame(() => setTimeout(() => document.head.append(script)));
  });
  return loading;
}
