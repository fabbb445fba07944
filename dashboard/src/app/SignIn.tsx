/** The page of those who are not signed in. */
import { Alert, Button, Center, Group, Stack, Text, Title } from '@mantine/core';
import { PREFIX } from '../api/client';
import { useRoute } from '../lib/route';
import { Mark } from './Mark';

const PROBLEMS: Readonly<Record<string, string>> = {
  sign_in_failed: 'The sign-in did not work, or took longer than ten minutes. Please try again.',
  issuer_unavailable: 'Your identity provider cannot be reached at the moment. Please try again in a minute.',
};

export function SignIn({ signInPath }: { readonly signInPath: string | null }) {
  const { path, query } = useRoute();
  const problem = PROBLEMS[query.get('problem') ?? ''];
  const rest = new URLSearchParams(query);
  rest.delete('problem');
  const to = `/app${path === '/' ? '' : path}${rest.size > 0 ? `?${rest}` : ''}`;
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack w="100%" maw={400} gap="lg" className="panel" p={{ base: 24, sm: 36 }}>
        <Group gap="sm">
          <Mark />
          <Text fw={650} size="lg">
            Coffer
          </Text>
        </Group>
        <div>
          <Title order={1}>Sign in to your balance</Title>
          <Text c="dimmed" size="sm" mt={6}>
            Top up, see what was spent, and prove every cent of it.
          </Text>
        </div>
        {problem === undefined ? null : (
          <Alert color="red" variant="outline" role="alert">
            {problem}
          </Alert>
        )}
        {signInPath === null ? (
          <Text size="sm">
            Nobody can sign in here yet: the operator sets <code>sso.client</code> in the configuration.
          </Text>
        ) : (
          <Button component="a" size="md" href={`${PREFIX}${signInPath}?returnTo=${encodeURIComponent(to)}`}>
            Continue with single sign-on
          </Button>
        )}
      </Stack>
    </Center>
  );
}
