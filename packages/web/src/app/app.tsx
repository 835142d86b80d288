import { UiProvider } from "../ui/ui-provider.js";

export function App() {
  return <UiProvider theme="dark">SIGMA</UiProvider>;
}
