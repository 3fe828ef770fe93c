import { ArticleRead } from "../elements/article-read.ts";
import { AutoGrow } from "../elements/auto-grow.ts";
import { AutoSave } from "../elements/auto-save.ts";
import { ConfirmButton } from "../elements/confirm-button.ts";
import { CopyButton } from "../elements/copy-button.ts";
import { FileDrop } from "../elements/file-drop.ts";
import { FramedPage } from "../elements/framed-page.ts";
import { LiveRegion } from "../elements/live-region.ts";
import { PrintButton } from "../elements/print-button.ts";
import { ProofOfWork } from "../elements/proof-of-work.ts";
import { RelativeTime } from "../elements/relative-time.ts";
import { SearchBox } from "../elements/search-box.ts";
import { SuggestAnswers } from "../elements/suggest-answers.ts";
import { ThemeSwitch } from "../elements/theme-switch.ts";
import { ToastStack } from "../elements/toast-stack.ts";
import { define, start } from "../start.ts";

define({
  "article-read": ArticleRead,
  "auto-grow": AutoGrow,
  "auto-save": AutoSave,
  "confirm-button": ConfirmButton,
  "copy-button": CopyButton,
  "file-drop": FileDrop,
  "framed-page": FramedPage,
  "live-region": LiveRegion,
  "print-button": PrintButton,
  "proof-of-work": ProofOfWork,
  "relative-time": RelativeTime,
  "search-box": SearchBox,
  "suggest-answers": SuggestAnswers,
  "theme-switch": ThemeSwitch,
  "toast-stack": ToastStack,
});
start();
