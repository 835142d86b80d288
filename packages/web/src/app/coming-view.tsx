import { Coming } from "../ui/later.js";
import { ViewFrame } from "../ui/view-frame.js";

/** The frame of a view whose parts are on their way: its name stands where it will stand. */
export function ComingView({ title }: { readonly title: string }) {
  return (
    <ViewFrame title={title}>
      <Coming />
    </ViewFrame>
  );
}
