import type { ViewDefinition } from "../../session/view-session.js";
import { ModalView } from "./modal-view.js";

export const modalView: ViewDefinition<Readonly<Record<string, never>>> = {
  id: "modal",
  title: "Modal results",
  component: ModalView,
  parseSpec: () => ({}),
};
