import { shownWarnings } from "../../session/derived/warnings.js";
import type { ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import panel from "../../ui/panel/panel.module.css";
import { WarningList } from "../../ui/warning-list.js";
import { AreasSection } from "./areas-section.js";
import { ClassPairsSection } from "./class-pairs-section.js";
import { LedgerSection } from "./ledger-section.js";
import { MembershipSection } from "./membership-section.js";
import { RareSection } from "./rare-section.js";
import { StabilitySection } from "./stability-section.js";

/** Where the result may be wrong: memberships, classes that hardly differ, counts that nothing explains, and what that makes of the areas. */
export function DoubtPanel({ session }: { readonly session: ViewSession }) {
  const { analysis } = session;
  if (analysis === undefined || analysis.classes.length === 0)
    return <EmptyState sentence="No classes yet. Find phases first, then see where they are in doubt." />;
  return (
    <div className={panel["panel"]} style={{ gap: 20 }}>
      <WarningList warnings={shownWarnings(analysis.warnings, session.actions)} />
      <MembershipSection session={session} analysis={analysis} />
      <StabilitySection session={session} analysis={analysis} />
      <ClassPairsSection session={session} analysis={analysis} />
      <LedgerSection session={session} analysis={analysis} />
      <RareSection session={session} analysis={analysis} />
      <AreasSection analysis={analysis} />
    </div>
  );
}
