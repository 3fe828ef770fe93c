import { ArticleEditor } from "../elements/article-editor.ts";
import { AutoGrow } from "../elements/auto-grow.ts";
import { AutoSave } from "../elements/auto-save.ts";
import { BulkSelect } from "../elements/bulk-select.ts";
import { CommandBar } from "../elements/command-bar.ts";
import { ConfirmButton } from "../elements/confirm-button.ts";
import { CopyButton } from "../elements/copy-button.ts";
import { DensitySwitch } from "../elements/density-switch.ts";
import { FileDrop } from "../elements/file-drop.ts";
import { FillTemplate } from "../elements/fill-template.ts";
import { GraphView } from "../elements/graph-view.ts";
import { InsertLink } from "../elements/insert-link.ts";
import { InsertText } from "../elements/insert-text.ts";
import { KeyMap } from "../elements/key-map.ts";
import { LiveRegion } from "../elements/live-region.ts";
import { MachineWords } from "../elements/machine-words.ts";
import { OpenTemplates } from "../elements/open-templates.ts";
import { MacroChoice } from "../elements/macro-choice.ts";
import { PaneSwitch } from "../elements/pane-switch.ts";
import { PassKey } from "../elements/pass-key.ts";
import { PresenceBeat } from "../elements/presence-beat.ts";
import { PromiseClock } from "../elements/promise-clock.ts";
import { RelativeTime } from "../elements/relative-time.ts";
import { ReplyBox } from "../elements/reply-box.ts";
import { ReplyCoach } from "../elements/reply-coach.ts";
import { RichComposer } from "../elements/rich-composer.ts";
import { RowList } from "../elements/row-list.ts";
import { ScrollEnd } from "../elements/scroll-end.ts";
import { SharedDraft } from "../elements/shared-draft.ts";
import { SortList } from "../elements/sort-list.ts";
import { SplitPane } from "../elements/split-pane.ts";
import { StepEditor } from "../elements/step-editor.ts";
import { ThemeSwitch } from "../elements/theme-switch.ts";
import { ToastStack } from "../elements/toast-stack.ts";
import { UndoSend } from "../elements/undo-send.ts";
import { define, start } from "../start.ts";

define({
  "article-editor": ArticleEditor,
  "auto-grow": AutoGrow,
  "auto-save": AutoSave,
  "bulk-select": BulkSelect,
  "command-bar": CommandBar,
  "confirm-button": ConfirmButton,
  "copy-button": CopyButton,
  "density-switch": DensitySwitch,
  "file-drop": FileDrop,
  "fill-template": FillTemplate,
  "graph-view": GraphView,
  "insert-link": InsertLink,
  "insert-text": InsertText,
  "key-map": KeyMap,
  "live-region": LiveRegion,
  "machine-words": MachineWords,
  "open-templates": OpenTemplates,
  "macro-choice": MacroChoice,
  "pane-switch": PaneSwitch,
  "pass-key": PassKey,
  "presence-beat": PresenceBeat,
  "promise-clock": PromiseClock,
  "relative-time": RelativeTime,
  "reply-box": ReplyBox,
  "reply-coach": ReplyCoach,
  "rich-composer": RichComposer,
  "row-list": RowList,
  "scroll-end": ScrollEnd,
  "shared-draft": SharedDraft,
  "sort-list": SortList,
  "split-pane": SplitPane,
  "step-editor": StepEditor,
  "theme-switch": ThemeSwitch,
  "toast-stack": ToastStack,
  "undo-send": UndoSend,
});
start();
