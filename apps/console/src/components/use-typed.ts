import { useEffect, useRef, useState, type RefObject } from 'react';
import { useLocation, useNavigationType } from 'react-router';

interface Typed {
  typed: string;
  type: (text: string) => void;
  /** Goes on the field. */
  field: RefObject<HTMLInputElement | null>;
}

/**
 * What somebody types into a field that is kept in the address, at once: the address follows a moment later. It is taken
 * from there by Back and by links, and not while it is typed.
 */
export function useTyped(kept: string, keep: (text: string, before: string) => void): Typed {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(kept);
  const { key } = useLocation();
  const isBack = useNavigationType() === 'POP';
  useEffect(() => {
    if (isBack || document.activeElement !== field.current) setTyped(kept);
  }, [key, kept, isBack]);
  const type = (text: string): void => {
    setTyped(text);
    keep(text, typed);
  };
  return { typed, type, field };
}
