import { useEffect, useState } from "react";

/** Files dropped anywhere in the window but where a view takes them for itself; true while some are held over it. */
export function useDroppedFiles(open: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const drag = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      const isTaken = event.defaultPrevented;
      event.preventDefault();
      setOver(!isTaken);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      const isTaken = event.defaultPrevented;
      event.preventDefault();
      setOver(false);
      if (isTaken) return;
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) open(files);
    };
    window.addEventListener("dragover", drag);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", drag);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, [open]);
  return over;
}
