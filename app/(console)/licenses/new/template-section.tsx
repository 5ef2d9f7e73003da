"use client";

import { UnstyledButton } from "@mantine/core";
import { IconBookmark, IconCopy, IconFileText, type TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { templateText } from "@/components/text/period-labels";
import { BUILT_IN_TEMPLATES, type NamedTemplate } from "@/domain/licenses/license-template";
import { COPY, FILE, type Source } from "./source";
import styles from "./template-section.module.css";

type Props = {
  source: Source;
  own: readonly NamedTemplate[];
  onTemplate(template: NamedTemplate): void;
  onSource(source: Source): void;
};

/** The ways to fill in the form, one of which is pressed. */
export function TemplateSection({ source, own, onTemplate, onSource }: Props) {
  const choice = (template: NamedTemplate, Icon?: TablerIcon) => (
    <Choice
      key={template.id}
      isChosen={source === template.id}
      name={template.name}
      about={templateText(template.template)}
      Icon={Icon}
      onClick={() => onTemplate(template)}
    />
  );
  return (
    <fieldset className={styles.choices} aria-label="Start from">
      {BUILT_IN_TEMPLATES.map((template) => choice(template))}
      {own.map((template) => choice(template, IconBookmark))}
      <Choice
        isChosen={source === COPY}
        name="Copy of a license"
        about="Everything but its number"
        Icon={IconCopy}
        onClick={() => onSource(COPY)}
      />
      <Choice
        isChosen={source === FILE}
        name="License file"
        about="Paste or drop a LEF"
        Icon={IconFileText}
        onClick={() => onSource(FILE)}
      />
    </fieldset>
  );
}

type ChoiceProps = { isChosen: boolean; name: string; about: ReactNode; Icon?: TablerIcon; onClick(): void };

function Choice({ isChosen, name, about, Icon, onClick }: ChoiceProps) {
  return (
    <UnstyledButton className={styles.choice} aria-pressed={isChosen} onClick={onClick}>
      <span className={styles.name}>
        {Icon ? <Icon size={16} stroke={1.75} aria-hidden /> : null}
        {name}
      </span>
      <span className={styles.about}>{about}</span>
    </UnstyledButton>
  );
}
