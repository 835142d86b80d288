import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { IconAction } from "../icon-action.js";
import { pageWords, type TablePage } from "./table-pages.js";
import styles from "./table-pane.module.css";

interface Props {
  readonly page: TablePage;
  /** Of all pages. */
  readonly rows: number;
  onPage(page: number): void;
}

/** Which rows of a long table are shown, and the ways to those before and after. */
export function Pager({ page, rows, onPage }: Props) {
  const step = (by: number, label: string, icon: typeof IconChevronLeft, isEnd: boolean): ReactNode => (
    <IconAction
      icon={icon}
      label={label}
      unavailable={isEnd ? "There are no more." : undefined}
      onClick={() => onPage(page.page + by)}
    />
  );
  return (
    <span className={styles["pager"]} aria-live="polite">
      {pageWords(page, rows)}
      {page.pages > 1 && (
        <>
          {step(-1, "Rows before", IconChevronLeft, page.page === 0)}
          {step(1, "Next rows", IconChevronRight, page.page === page.pages - 1)}
        </>
      )}
    </span>
  );
}
