import { IconAlertTriangle } from "@tabler/icons-react";
import { TextButton } from "../ui/text-button.js";
import { takeRecipe } from "./open-given.js";
import styles from "./problem-card.module.css";
import { runAloud } from "./run-aloud.js";
import { useSessionContext } from "./session-context.js";

/** What went wrong: what, where, what to do. The work before stays open behind it. */
export function ProblemCard() {
  const { session, shown } = useSessionContext();
  const { problem } = shown;
  if (problem === undefined) return null;
  const { commands, actions } = session;
  const take = (id: string): void => {
    // Not given up: what is opened now may be what a session waits for.
    session.store.setState({ problem: undefined });
    void runAloud(session, id);
  };
  const { ofSession } = problem;
  const takeSteps = ({ recipe, name }: NonNullable<typeof ofSession>): void => {
    actions.dismissProblem();
    void takeRecipe(session, recipe, name);
  };
  const copyDetails = (): Promise<void> =>
    navigator.clipboard.writeText(problem.details).then(
      () => actions.say("Details copied."),
      () => actions.say("The browser did not allow copying."),
    );
  return (
    <div className={styles["card"]} role="alert">
      <p className={styles["title"]}>
        <IconAlertTriangle size={18} stroke={1.6} aria-hidden /> {problem.title}
      </p>
      {problem.where !== undefined && <p className={styles["where"]}>Where: {problem.where}</p>}
      {problem.found !== undefined && <p className={styles["where"]}>{problem.found}</p>}
      {problem.remedy !== undefined && <p>{problem.remedy}</p>}
      {problem.choices !== undefined && (
        <details className={styles["choices"]}>
          <summary>Formats that are read</summary>
          <ul>
            {problem.choices.map((choice) => (
              <li key={choice}>{choice}</li>
            ))}
          </ul>
        </details>
      )}
      <div className={styles["acts"]}>
        {problem.offers.map((id) => {
          const command = commands.get(id);
          return command === undefined ? null : (
            <TextButton key={id} onClick={() => take(id)}>
              {command.title}
            </TextButton>
          );
        })}
        {ofSession !== undefined && <TextButton onClick={() => takeSteps(ofSession)}>Apply its recipe to this file</TextButton>}
        <TextButton look="plain" onClick={() => void copyDetails()}>
          Copy details
        </TextButton>
        <TextButton look="plain" onClick={actions.dismissProblem}>
          Close
        </TextButton>
      </div>
    </div>
  );
}
