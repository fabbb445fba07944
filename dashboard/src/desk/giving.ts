/** Changes that create credit: above the limit they wait for a second person. */
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Makes a change that gives credit. @param done what is said where it takes effect at once @param onDone is called in either case */
export function useGiving<V>(send: (values: V) => Promise<object>, done: string, onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (answer) => {
      const data: unknown = 'data' in answer ? answer.data : undefined;
      const waits = typeof data === 'object' && data !== null && 'requestedBy' in data;
      notifications.show({ message: waits ? 'It waits for a second person' : done });
      void queries.invalidateQueries({ queryKey: ['desk'] });
      onDone();
    },
  });
}
