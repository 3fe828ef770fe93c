// <pass-key [data-creates] [data-options] data-failed data-missing>: asks the device for a passkey before the form inside
// is sent, and puts the answer into its field "credential". The question stands in a JSON script inside, or is fetched
// from data-options (JSON). Binary parts travel as base64url (WebAuthn Level 3, §5.1.8).
import { say } from "./page.ts";

type Plain = Record<string, unknown>;

export class PassKey extends HTMLElement {
  private ready = false;

  connectedCallback(): void {
    this.querySelector("form")?.addEventListener("submit", this.submit);
  }

  private submit = async (event: SubmitEvent): Promise<void> => {
    if (this.ready) return;
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (!window.PublicKeyCredential) return say(this.dataset.missing ?? "", "error");
    try {
      const credential = this.hasAttribute("data-creates") ? await this.create(form) : await this.get();
      form.querySelector<HTMLInputElement>("[name=credential]")!.value = JSON.stringify(toPlain(credential));
    } catch (error) {
      console.warn("pass-key:", error);
      return say(this.dataset.failed ?? "", "error");
    }
    this.ready = true;
    form.requestSubmit();
  };

  private async create(form: HTMLFormElement): Promise<Credential | null> {
    const options = (await this.question()).creation_options as { publicKey: Plain };
    const alone = form.querySelector<HTMLInputElement>("[name=passwordless]")?.checked ?? false;
    const wish = (options.publicKey.authenticatorSelection ?? {}) as Plain;
    const selection = {
      ...wish,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    };
    const publicKey = fromPlain({ ...options.publicKey, authenticatorSelection: selection });
    return navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions });
  }

  private async get(): Promise<Credential | null> {
    const options = (await this.question()).request_options as { publicKey: Plain };
    return navigator.credentials.get({ publicKey: fromPlain(options.publicKey) as unknown as PublicKeyCredentialRequestOptions });
  }

  private async question(): Promise<Plain> {
    const inside = this.querySelector("script[type='application/json']")?.textContent;
    if (inside) return JSON.parse(inside);
    const answer = await fetch(this.dataset.options ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.json();
  }
}

export function bytes(text: string): Uint8Array {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

export function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromPlain(options: Plain): Plain {
  const known = (list: unknown) => (list as { id: string }[] | undefined)?.map((one) => ({ ...one, id: bytes(one.id) }));
  const user = options.user as { id: string } | undefined;
  return {
    ...options,
    challenge: bytes(options.challenge as string),
    ...(user ? { user: { ...user, id: bytes(user.id) } } : {}),
    ...(options.excludeCredentials ? { excludeCredentials: known(options.excludeCredentials) } : {}),
    ...(options.allowCredentials ? { allowCredentials: known(options.allowCredentials) } : {}),
  };
}

function toPlain(credential: Credential | null): Plain {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("the device gave no passkey");
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] as const;
  const plain: Plain = {};
  for (const part of parts) if (response[part]) plain[part] = text(response[part] as ArrayBuffer);
  if (response.getTransports) plain.transports = response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: plain,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
