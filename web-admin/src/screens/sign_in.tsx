import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useEffect, useState, type FormEvent } from "react";
import { ApiError } from "../data/api";
import { useSession } from "../data/session";
import { Logo } from "../parts/header";
import { Notice } from "../parts/notice";

function refusal(cause: unknown): string {
  if (!(cause instanceof ApiError)) return "The server's answer could not be read.";
  if (cause.status === 401) return "User name or password is wrong.";
  return cause.message;
}

export function SignInScreen({ notice }: { notice: string }) {
  const { enter } = useSession();
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  useEffect(() => {
    document.title = "Sign in · Isocentre";
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem("");
    enter(user, password).catch((cause: unknown) => {
      setProblem(refusal(cause));
      setPassword("");
      setBusy(false);
    });
  };

  return (
    <main className="alone">
      <form className="alone-card" onSubmit={submit} aria-labelledby="sign-in-title">
        <div className="alone-brand">
          <Logo />
          <h1 id="sign-in-title">Sign in to Isocentre</h1>
        </div>
        {problem ? <Notice tone="bad">{problem}</Notice> : notice && <Notice tone="quiet">{notice}</Notice>}
        <TextInput
          label="User name"
          name="user"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          autoFocus
          value={user}
          onChange={(event) => setUser(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy} fullWidth>
          Sign in
        </Button>
      </form>
    </main>
  );
}
