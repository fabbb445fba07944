/** Why an act of an operator was refused. */
import { Button, Stack, Text } from '@mantine/core';
import { PREFIX, Refused } from '../api/client';
import { useRoute } from '../lib/route';
import { Problem } from '../ui/parts';

/** A refusal because the person proved too long ago who they are leads back here after the proof. */
export function Refusal({ error }: { readonly error: Error }) {
  const { path } = useRoute();
  if (!(error instanceof Refused) || error.reason !== 'sign_in_too_old') return <Problem error={error} />;
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">This needs a sign-in of the last ten minutes.</Text>
      <Button
        size="xs"
        component="a"
        href={`${PREFIX}/app/sign-in?fresh=true&returnTo=${encodeURIComponent(`/app${path}`)}`}
      >
        Confirm who you are
      </Button>
    </Stack>
  );
}
